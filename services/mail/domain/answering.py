"""How a draft begins: recipients, subject and quote worked out from what it answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from services.mail.domain.drafts import Draft, Kind
from services.mail.domain.messages import Message
from services.mail.domain.mime.addresses import Address
from services.mail.domain.quoting import quote
from services.mail.domain.recipients import Recipients, reply, reply_all
from services.mail.domain.subject import reply_subject
from services.mail.errors import NoSender


def begin(
    ticket: Mapping[str, Any],
    answered: Message | None,
    *,
    id: str,
    message: str,
    kind: Kind,
    author: str,
    desk_addresses: Sequence[str],
    head: str | None,
    written: Mapping[str, Any],
    at: datetime,
) -> Draft:
    """A new draft of `author` about a ticket; what is `written` already stands, the rest is worked out.

    Raises NoSender when the desk has no address to write from.
    """
    people = _recipients(ticket, answered, kind, desk_addresses)
    computed = {
        "sender": _sender(answered, desk_addresses),
        "to": people.to,
        "cc": people.cc,
        "subject": reply_subject(answered.subject if answered else ticket["title"]),
        "text": _quoted(answered),
    }
    fixed = {
        "id": id,
        "message": message,
        "author": author,
        "ticket": ticket["id"],
        "desk": ticket["desk"],
        "kind": kind,
    }
    found = {"in_reply_to": answered.id if answered else None, "based_on": head, "updated_at": at}
    values = computed | fixed | found | dict(written)
    if values["sender"] is None:
        raise NoSender(ticket["desk"])
    return Draft(**values)


def _recipients(ticket: Mapping[str, Any], answered: Message | None, kind: Kind, own: Sequence[str]) -> Recipients:
    if answered is not None:
        return (reply_all if kind is Kind.REPLY_ALL else reply)(answered, own)
    customer = ticket.get("customer") or {}
    known = [Address(address=customer["email"], name=customer.get("name") or "")] if customer.get("email") else []
    return Recipients(to=tuple(known))


def _sender(answered: Message | None, own: Sequence[str]) -> Address | None:
    written_to = answered.mailbox if answered else None
    addresses = sorted(own, key=lambda address: address.casefold() != written_to)
    return Address(address=addresses[0]) if addresses else None


def _quoted(answered: Message | None) -> str:
    if answered is None:
        return ""
    return "\n\n" + quote(answered.text, answered.author, _written_at(answered), language=answered.language)


def _written_at(answered: Message) -> datetime | None:
    """When it was written, by the clock of its writer."""
    written = next((value for name, value in answered.headers if name.lower() == "date"), "")
    try:
        return parsedate_to_datetime(written)
    except ValueError:
        return answered.date
