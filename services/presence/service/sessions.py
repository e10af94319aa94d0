"""Sessions: whether an agent is connected."""

from services.chassis.commands import command
from services.chassis.ids import new_id
from services.chassis.providers import Caller, Clock, Store
from services.chassis.timers import timer
from services.presence.domain.leases import LEASE, Session, review
from services.presence.events import AgentConnected
from services.presence.schemas import Nothing, One, SessionView
from services.presence.store import LAPSE, PULSE, PresenceStore


class Sessions:
    """Connections of agents, each alive as long as it is renewed."""

    store = Store(PresenceStore)
    clock = Clock()
    caller = Caller()

    @command(Nothing, answers=SessionView)
    def open_session(self):
        at = self.clock.now()
        agent = self.store.at_sight(self.caller.actor, at)
        session = Session.open(new_id(), agent.id, at=at)
        self.store.start_pulse(at)
        self.store.open_session(session)
        self.store.keep(agent, agent.linked(True), AgentConnected)
        return {"id": session.id, "lease": LEASE}

    @command(One, answers=SessionView)
    def renew_session(self, id):
        session = self.store.session(id, self.caller.actor.id)
        self.store.put_session(session.renewed(at=self.clock.now()))
        return {"id": session.id, "lease": LEASE}

    @command(One)
    def end_session(self, id):
        agent, at = self.store.agents.get(self.caller.actor.id), self.clock.now()
        ended = self.store.session(id, agent.id)
        outcome = review(self.store.sessions_of(agent.id), self.store.pulse(at), at, ended=ended.id)
        self.store.apply(agent, outcome, at)

    @timer(LAPSE)
    def end_lapsed_sessions(self, key):
        agent, at = self.store.agents.get(key), self.clock.now()
        outcome = review(self.store.sessions_of(agent.id), self.store.pulse(at), at)
        self.store.apply(agent, outcome, at)

    @timer(PULSE)
    def beat(self, key):
        at = self.clock.now()
        self.store.keep_pulse(self.store.pulse(at).beat(at))
