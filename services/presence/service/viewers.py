"""Viewers: who looks at a ticket, and what they do there."""

from services.chassis.commands import command, query
from services.chassis.providers import Caller, Clock, Store
from services.presence.domain.viewers import editors, entered, monitor
from services.presence.schemas import EditorsView, EnterTicket, LeaveTicket, MonitorView, OneTicket
from services.presence.store import PresenceStore


class Viewers:
    """The agents at each ticket."""

    store = Store(PresenceStore)
    clock = Clock()
    caller = Caller()

    @command(EnterTicket, answers=MonitorView)
    def enter_ticket(self, ticket, session, activity):
        at = self.clock.now()
        session, pulse = self.store.session(session, self.caller.actor.id), self.store.pulse(at)
        known = self.store.viewer(ticket, session.agent, session.id)
        self.store.put_viewers([entered(known, ticket, session, activity, pulse, at=at)])
        return monitor(*self.store.people_at(ticket), pulse, at)

    @command(LeaveTicket)
    def leave_ticket(self, ticket, session):
        at = self.clock.now()
        there = self.store.viewers_of(ticket, self.caller.actor.id, session)
        self.store.put_viewers(each.left(at=at) for each in there)

    @query(OneTicket, answers=MonitorView)
    def list_viewers(self, ticket):
        at = self.clock.now()
        return monitor(*self.store.people_at(ticket), self.store.pulse(at), at)

    @query(OneTicket, answers=EditorsView)
    def editors(self, ticket):
        at = self.clock.now()
        there = monitor(*self.store.people_at(ticket), self.store.pulse(at), at)
        return {"editors": editors(there, besides=self.caller.actor.id)}
