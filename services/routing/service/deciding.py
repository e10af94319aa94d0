"""Deciding: what the triggers read is asked for first, then the decision is one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.chassis.errors import Conflict, NotFound
from services.chassis.ids import new_id
from services.routing.domain.decision import Decision
from services.routing.domain.fields import Source
from services.routing.domain.question import Question
from services.routing.domain.values import customer_values, mail_values, ticket_values
from services.routing.store import RoutingStore


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """Answers the question that an event raises; the others are asked only for what the event does not tell."""

    store: RoutingStore
    clock: Any
    tickets: Any
    customers: Any
    mail: Any

    def decide(self, question: Question) -> None:
        """Evaluate the triggers of the question, if there are any, and record the decision. Raises Unavailable."""
        triggers = self.store.peek.trigger_set(question.occasion, question.ticket.desk)
        if not triggers.triggers:
            return
        found = self._found(question, question.unknown(triggers.triggers))
        self.store.check_unchanged(triggers)
        self.store.record(Decision.on(question, triggers, found, id=new_id(), at=self.clock.now()))

    def ticket(self, id: str) -> dict[str, Any] | None:
        """The ticket as it is now, if it is still there."""
        return _if_there(lambda: self.tickets.get_ticket(id=id))

    def _found(self, question: Question, sources: frozenset[Source]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for source in sorted(sources):
            told = _if_there(lambda: self._ask(source, question))  # noqa: B023  # called at once
            values |= VALUES[source](told or {})
        return values

    def _ask(self, source: Source, question: Question) -> Any:
        if source is Source.MAIL:
            return self.mail.get_message(id=question.message)
        if source is Source.CUSTOMER:
            return self.customers.get_customer(id=question.ticket.customer)
        return self.tickets.get_ticket(id=question.ticket.id)


VALUES: dict[Source, Callable[[dict[str, Any]], dict[str, Any]]] = {
    Source.TICKET: ticket_values,
    Source.CUSTOMER: customer_values,
    Source.MAIL: mail_values,
}


def _if_there(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (NotFound, Conflict):
        return None
