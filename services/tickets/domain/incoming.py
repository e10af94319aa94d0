"""Where a mail from outside belongs: to which ticket, and what it does to it (R26, R27, R60, R63)."""

from dataclasses import dataclass
from enum import StrEnum

from services.tickets.domain.desk import Attach, Desk
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.ticket import Ticket


class Effect(StrEnum):
    """What an incoming mail does."""

    ATTACH = "attach"
    REOPEN = "reopen"
    CREATE = "create"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class IncomingMail:
    """What decides where a mail belongs."""

    customer: str | None
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


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the mail goes: to `ticket`, or to a new one that may follow `follows`."""

    effect: Effect
    ticket: Ticket | None = None
    follows: str | None = None


def place_of(mail: IncomingMail, *, known: Ticket | None, latest_open: Ticket | None) -> Place:
    """Where the mail belongs: `known` is its thread's ticket, `latest_open` where else it may be attached."""
    if known is not None:
        return _of_thread(mail, known)
    if mail.automatic:
        return Place(effect=Effect.NOTHING)
    if latest_open is not None:
        return Place(effect=Effect.ATTACH, ticket=latest_open)
    return Place(effect=Effect.CREATE)


def may_join_another(mail: IncomingMail, desk: Desk) -> bool:
    """Whether a mail without thread may go to the customer's latest open ticket; an unproven reference never does."""
    known = mail.customer is not None and mail.related_to is None
    return known and desk.attach is Attach.LATEST_OPEN and not mail.automatic


def _of_thread(mail: IncomingMail, known: Ticket) -> Place:
    if known.open or known.spam or not mail.matters:
        return Place(effect=Effect.ATTACH, ticket=known)
    if known.status is not Status.CLOSED:
        return Place(effect=Effect.REOPEN, ticket=known)
    if mail.automatic:
        return Place(effect=Effect.ATTACH, ticket=known)
    return Place(effect=Effect.CREATE, follows=known.id)
