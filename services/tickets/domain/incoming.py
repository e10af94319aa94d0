"""Where a mail from outside belongs: to which ticket, and what it does to it (R26, R27, R60, R63)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.tickets.domain import moves
from services.tickets.domain.activity import Activity, ActivityKind, Author, Direction
from services.tickets.domain.desk import Attach, Desk
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.text import description_of, title_of
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import Channel


@dataclass(frozen=True, kw_only=True)
class IncomingMail:
    """A mail that came in, as far as tickets cares."""

    message: str
    desk: str
    customer: str | None
    at: datetime
    sender: str = ""
    subject: str = ""
    text: str = ""
    language: str | None = None
    related_to: str | None = None
    is_auto_reply: bool = False
    is_bounce: bool = False
    bounce_hard: bool = False

    @property
    def automatic(self) -> bool:
        """A machine wrote it."""
        return self.is_auto_reply or self.is_bounce

    @property
    def matters(self) -> bool:
        """Somebody must see it: a person wrote it, or a mail of ours did not arrive."""
        return self.bounce_hard or not self.automatic

    def may_join_another(self, desk: Desk) -> bool:
        """Whether it may go to the customer's latest open ticket: an unproven reference never does."""
        proven = self.customer is not None and self.related_to is None
        return proven and desk.attach is Attach.LATEST_OPEN and not self.automatic

    def entry(self, ticket: Ticket, *, id: str) -> Activity:
        """The mail as an entry of its ticket; no second one has this source."""
        kind = "system" if self.is_bounce else "customer"
        return Activity(
            id=id,
            ticket=ticket.id,
            customer=self.customer,
            channel=Channel.MAIL,
            direction=Direction.IN,
            kind=ActivityKind.MAIL,
            author=Author(kind=kind, id=None if self.is_bounce else self.customer, name=self.sender),
            text=self.text,
            message=self.message,
            source=self.message,
            at=self.at,
        )


class Placed(StrEnum):
    """By which rule a mail came to its ticket."""

    THREAD = "thread"
    LATEST_OPEN = "latest_open"
    NEW = "new"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a mail goes: to this ticket, or to a new one."""

    how: Placed
    ticket: Ticket | None = None
    reopens: bool = False
    follows: str | None = None

    @property
    def matched_by(self) -> str | None:
        """The rule, where it is not the thread that mail itself found."""
        return None if self.how is Placed.THREAD else self.how.value

    def existing(self, *, at: datetime) -> Ticket | None:
        """The ticket that takes the mail in, as it is afterwards; None where a new one is opened."""
        if self.ticket is None:
            return None
        return moves.reopen(self.ticket, at=at) if self.reopens else self.ticket.touched(at=at)


def place_of(mail: IncomingMail, *, known: Ticket | None, latest_open: Ticket | None) -> Place | None:
    """Where the mail belongs: `known` is its thread's ticket, `latest_open` where else it may go. None: nowhere."""
    if known is not None:
        return _in_thread(mail, known)
    if mail.automatic:
        return None
    if latest_open is not None:
        return Place(how=Placed.LATEST_OPEN, ticket=latest_open)
    return Place(how=Placed.NEW)


def _in_thread(mail: IncomingMail, known: Ticket) -> Place:
    closed = known.status is Status.CLOSED
    if closed and not mail.automatic:
        return Place(how=Placed.FOLLOW_UP, follows=known.id)
    asleep = not (known.open or known.spam or closed)
    return Place(how=Placed.THREAD, ticket=known, reopens=asleep and mail.matters)


def opened_by(mail: IncomingMail, place: Place, *, id: str, number: int, at: datetime) -> Ticket:
    """The new ticket that a mail opens; triggers decide whose it is."""
    return Ticket(
        id=id,
        number=number,
        desk=mail.desk,
        title=title_of(mail.subject),
        description=description_of(mail.text),
        channel=Channel.MAIL,
        language=mail.language,
        customer=mail.customer,
        related_to=mail.related_to,
        follows=place.follows,
        opened_at=at,
        created_at=at,
        updated_at=at,
    )
