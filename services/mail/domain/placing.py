"""Where an inbound mail belongs: by our signed token, by a reference that its sender may use, or nowhere yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.mail.domain.message import ParsedMail
from services.mail.domain.messages import Flag, Message, folded


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
    sender = folded(mail.author.address) if mail.author else ""
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


def is_own(mail: ParsedMail, own: Iterable[str], our_domain: str) -> bool:
    """Whether we wrote it ourselves: from an address of ours, under a Message-ID of ours."""
    sender = folded(mail.author.address) if mail.author else ""
    return sender in {folded(each) for each in own} and mail.message_id.endswith(f"@{our_domain}")


def silent(mail: ParsedMail) -> str | None:
    """Why the mail may make no ticket and reopen none, or None when somebody wrote it."""
    if mail.bounce is not None:
        return "bounce"
    return "auto_reply" if mail.auto_reply else None
