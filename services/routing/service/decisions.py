"""Decisions: made on what happens to tickets, and shown to those who ask why."""

from services.chassis.commands import query
from services.chassis.providers import Clock, Rpc, Store
from services.chassis.schema import PageOf
from services.chassis.subscriptions import EACH, subscribe
from services.routing.consumed import OccasionHeard, TicketDecided
from services.routing.domain.question import Question
from services.routing.domain.trigger import Occasion
from services.routing.schemas import DecisionView, OfTicket
from services.routing.service.deciding import Deciding
from services.routing.service.neighbours import Neighbours
from services.routing.store import RoutingStore

OCCASIONS = tuple(each.value for each in Occasion)


class Decisions:
    """Which triggers fire, and why."""

    store = Store(RoutingStore)
    clock = Clock()
    tickets = Rpc("tickets")
    customers = Rpc("customers")
    mail = Rpc("mail")

    @query(OfTicket, answers=PageOf(DecisionView))
    def list_decisions(self, ticket, limit, cursor):
        return self.store.page(self.store.decisions, {"ticket": ticket}, sort=[("at", -1)], limit=limit, cursor=cursor)

    @subscribe("tickets", *OCCASIONS, reads=OccasionHeard, order=EACH)
    def evaluate_triggers(self, heard):
        event = heard.event
        self._deciding.decide(Question.of(vars(heard), occasion=event.type, event=event.id, cascade=event.cascade))

    @subscribe("tickets", "ticket.decided", reads=TicketDecided, order=EACH)
    def note_outcome(self, heard):
        decision = self.store.peek.decisions.get(heard.decision)
        late = decision.came_too_late(heard.outcome)
        ticket = self._neighbours.ticket(decision.ticket) if late else None
        if ticket is not None:
            event = heard.event
            self._deciding.decide(decision.raised_again(ticket, event=event.id, cascade=event.cascade))
        self.store.set_fate(decision.id, heard.outcome)

    @property
    def _deciding(self):
        return Deciding(self.store, self.clock, self._neighbours)

    @property
    def _neighbours(self):
        return Neighbours(self.tickets, self.customers, self.mail)
