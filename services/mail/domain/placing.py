"""Where an inbound mail belongs: by our signed token, by a reference that its sender may use, or nowhere yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.mail.domain.message import ParsedMail
from services.mail.domain.messages import Direction, Flag, Message
from services.mail.errors import NotJoinedYet

JOINS_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Placement:
    """The ticket of the thread that a mail belongs to, the rule that says so, and what speaks against it."""

    ticket: str | None = None
    matched_by: str | None = None
    related_to: str | None = None
    flags: tuple[Flag, ...] = ()


def place(
    mail: ParsedMail,
    *,
    token: str | None,
    referred: Iterable[Message],
    participants: Mapping[str, frozenset[str]],
) -> Placement:
    """Where the mail belongs.

    `token` is the ticket that a valid token of ours names, `referred` the known messages that it refers to, the
    nearest first, and `participants` the folded addresses that take part in each ticket's thread.
    """
    sender = mail.author.key if mail.author else ""
    if token is not None:
        known = sender in participants.get(token, frozenset())
        return Placement(ticket=token, matched_by="token", flags=() if known else (Flag.UNKNOWN_SENDER,))
    tickets = [message.ticket for message in referred if message.ticket]
    for ticket in tickets:
        if sender and sender in participants.get(ticket, frozenset()):
            return Placement(ticket=ticket, matched_by="references")
    if tickets:
        return Placement(related_to=tickets[0], flags=(Flag.UNPROVEN_REFERENCE,))
    return Placement()


def silent(mail: ParsedMail, *, own: bool) -> str | None:
    """Why the mail may make no ticket, or None when somebody wrote it; `own` when it is one of ours come back."""
    if own:
        return "own_mail"
    if mail.bounce is not None:
        return "bounce"
    return "auto_reply" if mail.auto_reply else None


def check_joined(referred: Iterable[Message], *, at: datetime) -> None:
    """Wait for the mail that this one refers to, while it is on its way to a ticket. Raises NotJoinedYet."""
    for message in referred:
        waits = message.direction is Direction.IN and message.ticket is None and not message.suppressed
        if waits and at - message.at < JOINS_WITHIN:
            raise NotJoinedYet(f"Message {message.id} is not yet with its ticket.")
