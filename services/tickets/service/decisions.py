"""What the triggers decided, applied or refused."""

from services.chassis.context import Actor
from services.chassis.subscriptions import subscribe
from services.tickets.consumed import DecisionMade
from services.tickets.domain.decision import Applying, Decision, Seen, decide
from services.tickets.events import TicketDecided, consequences
from services.tickets.schemas.tickets import TicketChanges


class Decisions:
    """Decisions of routing."""

    @subscribe("routing", "decision.made", reads=DecisionMade)
    def apply_decision(self, made):
        before = self.store.tickets.get(made.ticket)
        decision = Decision(id=made.decision, seen=Seen(**made.saw), actions=tuple(made.actions))
        verdict = decide(before, decision, self._applying(before, decision))
        decided = TicketDecided.of(
            verdict.ticket, decision=decision.id, outcome=verdict.outcome, reason=verdict.refused
        )
        self.store.save(verdict.ticket, *consequences(before, verdict.ticket), decided)

    def _applying(self, ticket, decision):
        return Applying(
            desk=self.store.desks.get(ticket.desk),
            by=Actor(kind="trigger", id=decision.id),
            at=self.clock.now(),
            read=TicketChanges().read,
            register=self.store.registered,
        )
