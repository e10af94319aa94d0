"""What triggers read and the event does not tell, asked of those who know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.chassis.errors import Conflict, NotFound
from services.routing.domain.fields import Source
from services.routing.domain.question import Question
from services.routing.domain.values import customer_values, mail_values, ticket_values


@dataclass(frozen=True)
class Neighbours:
    """Tickets, customers and mail. What is not there any more has no values. Everything may raise Unavailable."""

    tickets: Any
    customers: Any
    mail: Any

    def ticket(self, id: str) -> dict[str, Any] | None:
        """The ticket as it is now, if it is still there."""
        return _if_there(lambda: self.tickets.get_ticket(id=id))

    def values(self, question: Question, sources: frozenset[Source]) -> dict[str, Any]:
        """The values that these sources know about the question."""
        found: dict[str, Any] = {}
        for source in sorted(sources):
            found |= ASKING[source](self, question)
        return found

    def of_ticket(self, question: Question) -> dict[str, Any]:
        """The whole ticket."""
        return ticket_values(self.ticket(question.ticket.id) or {})

    def of_customer(self, question: Question) -> dict[str, Any]:
        """The customer."""
        return customer_values(_if_there(lambda: self.customers.get_customer(id=question.ticket.customer)) or {})

    def of_mail(self, question: Question) -> dict[str, Any]:
        """The mail behind the event; behind what happens to the ticket itself, the mail that opened it."""
        message = question.message or self._opening_message(question.ticket.id)
        return mail_values(_if_there(lambda: self.mail.get_message(id=message)) or {}) if message else {}

    def _opening_message(self, ticket: str) -> str | None:
        page = _if_there(lambda: self.tickets.list_activities(ticket=ticket, limit=1))
        return page["items"][0]["message"] if page and page["items"] else None


ASKING: dict[Source, Callable[[Neighbours, Question], dict[str, Any]]] = {
    Source.TICKET: Neighbours.of_ticket,
    Source.CUSTOMER: Neighbours.of_customer,
    Source.MAIL: Neighbours.of_mail,
}


def _if_there(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (NotFound, Conflict):
        return None
