"""Usual values of mail's domain; a test names only what matters."""

from datetime import UTC, datetime
from typing import Any

from services.mail.domain.deliveries import Delivery
from services.mail.domain.drafts import Draft, Kind
from services.mail.domain.inbound import Inbound
from services.mail.domain.message import ParsedMail
from services.mail.domain.messages import Direction, Message
from services.mail.domain.mime.addresses import Address

AT = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
TICKET = "01JD9V1A2B3C4D5E6F7G8H9J0K"
CUSTOMER = Address(address="yamada@example.jp", name="山田太郎")
DESK = Address(address="support@example.jp")


def a_mail(**values: Any) -> ParsedMail:
    """A mail as it was read."""
    return ParsedMail(**({"message_id": "m1@example.jp", "author": CUSTOMER, "to": (DESK,)} | values))


def a_message(**values: Any) -> Message:
    """An inbound message."""
    usual = {
        "id": "01JD9V2A2B3C4D5E6F7G8H9J0K",
        "direction": Direction.IN,
        "digest": "d",
        "at": AT,
        "desk": "support",
        "mailbox": DESK.address,
        "message_id": "m1@example.jp",
        "author": CUSTOMER,
        "to": (DESK,),
        "subject": "請求書について",
        "text": "届きません。",
    }
    return Message(**(usual | values))


def a_draft(**values: Any) -> Draft:
    """A reply to a customer."""
    usual = {
        "id": "01JD9V3A2B3C4D5E6F7G8H9J0K",
        "message": "01JD9V4A2B3C4D5E6F7G8H9J0K",
        "author": "alice",
        "desk": "support",
        "ticket": TICKET,
        "kind": Kind.REPLY,
        "sender": DESK,
        "to": (CUSTOMER,),
        "subject": "Re: 請求書について",
        "text": "お送りしました。",
        "updated_at": AT,
    }
    return Draft(**(usual | values))


def a_delivery(**values: Any) -> Delivery:
    """A delivery that is due."""
    usual = {"id": "d-0", "message": "d", "recipient": CUSTOMER.address, "created_at": AT, "next_at": AT}
    return Delivery(**(usual | values))


def an_inbound(**values: Any) -> Inbound:
    """A mail that waits to be read."""
    usual = {
        "id": "i1",
        "mailbox": DESK.address,
        "fingerprint": "f",
        "digest": "d",
        "size": 10,
        "received_at": AT,
    }
    return Inbound(**(usual | values))
