"""An answer that leaves: what it does to its ticket, and how it is noted there."""

from dataclasses import dataclass
from datetime import datetime

from services.tickets.domain import moves
from services.tickets.domain.activity import Activity, ActivityKind, Author, Direction
from services.tickets.domain.lifecycle import Move
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import Channel
from services.tickets.errors import REFUSALS


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A mail to the customer that was queued; `then` is what it does to the ticket besides."""

    message: str
    author: Author
    text: str
    then: Move | None
    at: datetime

    def entry(self, ticket: Ticket, *, id: str, refused: str | None) -> Activity:
        """The mail as an entry of its ticket; it says when its `then` came too late."""
        return Activity(
            id=id,
            ticket=ticket.id,
            customer=ticket.customer,
            channel=Channel.MAIL,
            direction=Direction.OUT,
            kind=ActivityKind.MAIL,
            author=self.author,
            text=self.text,
            message=self.message,
            source=self.message,
            note=f"The mail left, but {self.then} was refused: {refused}." if refused else "",
            at=self.at,
        )


@dataclass(frozen=True, kw_only=True)
class Noted:
    """The ticket after an answer; `refused` is the code of the rule that its `then` broke."""

    ticket: Ticket
    refused: str | None = None


def after_answer(ticket: Ticket, answer: Answer, *, at: datetime) -> Noted:
    """What the answer does to the ticket: a `then` that is refused so late leaves it as it is."""
    touched = ticket.touched(at=at)
    if answer.then is None:
        return Noted(ticket=touched)
    try:
        return Noted(ticket=moves.answered(touched, answer.then, at=at))
    except REFUSALS as refusal:
        return Noted(ticket=touched, refused=refusal.code)
