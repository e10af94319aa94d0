"""What the tests do again and again: tickets made and kept, mails told of."""

from collections.abc import Sequence
from typing import Any

from services.chassis.context import Actor
from services.chassis.ids import new_id
from tests.integration.tickets.house import LEAD, SERVICE, House

CUSTOMER = {"channel": "mail", "address": "taro@example.jp", "name": "山田太郎"}


def make(house: House, *, by: Actor = SERVICE, key: str | None = None, **fields: Any) -> dict[str, Any]:
    """A ticket by phone, as a form makes it."""
    usual = {"desk": "support", "title": "請求書について", "description": "届きません", "channel": "phone"}
    made: dict[str, Any] = house.ask(
        "tickets", "create_ticket", by=by, key=key, **({**usual, "customer": CUSTOMER} | fields)
    )
    return made


def kept(house: House, **fields: Any) -> dict[str, Any]:
    """A ticket that alice keeps."""
    answer: dict[str, Any] = house.ask("tickets", "keep_ticket", id=make(house, **fields)["id"])
    return answer


AT = "2026-11-22T01:02:05.630Z"


def received(**fields: Any) -> dict[str, Any]:
    """The data of a `mail.received`."""
    usual = {
        "message": new_id(),
        "inbound": new_id(),
        "desk": "support",
        "mailbox": "support@example.jp",
        "ticket": None,
        "matched_by": None,
        "related_to": None,
        "customer": new_id(),
        "is_auto_reply": False,
        "is_bounce": False,
        "bounce_hard": False,
        "language": "ja",
        "at": AT,
        "attachments": 0,
        "flags": [],
        "personal": {
            "from": {"name": "山田", "address": "y@example.jp"},
            "to": [],
            "subject": "請求書",
            "text": "届きません",
        },
    }
    return usual | fields


def arrive(house: House, **fields: Any) -> dict[str, Any] | None:
    """Tell of a mail; its entry, if it became one."""
    data, event = received(**fields), new_id()
    house.tell("mail", "mail.received", data["message"], data, id=event)
    house.settled(event)
    return entry_of(house, data["message"])


def entry_of(house: House, message: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = house.database("tickets")["activities"].find_one({"source": message})
    return found


def opened(house: House, **fields: Any) -> dict[str, Any]:
    """A ticket that a mail opened."""
    entry = arrive(house, **fields)
    assert entry is not None
    ticket: dict[str, Any] = house.ask("tickets", "get_ticket", id=entry["ticket"])
    return ticket


def ended(house: House, *moves: str, **fields: Any) -> dict[str, Any]:
    """A ticket by mail that alice kept, and that these moves ended."""
    ticket: dict[str, Any] = house.ask("tickets", "keep_ticket", id=opened(house, **fields)["id"])
    for move in moves:
        ticket = house.ask("tickets", f"{move}_ticket", by=LEAD, id=ticket["id"])
    return ticket


def now_of(house: House, ticket: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = house.ask("tickets", "get_ticket", id=ticket["id"])
    return found


def tickets_of(house: House, customer: str) -> Sequence[dict[str, Any]]:
    return list(house.database("tickets")["tickets"].find({"customer": customer}))
