"""The usual values, of which a test names only what matters."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from services.tickets.domain.desk import Desk, DeskKind
from services.tickets.domain.incoming import IncomingMail
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import AssignedBy, Channel, Resolution

NOW = datetime(2026, 11, 22, 1, 2, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Person:
    """Somebody who acts."""

    id: str
    roles: tuple[str, ...] = ("agent",)
    kind: str = "agent"
    name: str = ""


ALICE = Person("alice")
BOB = Person("bob")
LEAD = Person("lena", ("agent", "lead"))
ADMIN = Person("ada", ("admin",))
TRIGGER = Person("01JDTRIGGER", (), "trigger")
ROUTING = Person("routing", ("service",), "service")


def a_ticket(**fields: Any) -> Ticket:
    """A ticket of desk support; with an assignee it is in progress."""
    usual = {
        "id": "01JDTICKET",
        "number": 1042,
        "desk": "support",
        "title": "請求書について",
        "channel": Channel.MAIL,
        "customer": "01JDCUSTOMER",
        "opened_at": NOW,
        "created_at": NOW,
        "updated_at": NOW,
        "status": Status.IN_PROGRESS if fields.get("assignee") else Status.NEW,
        "assigned_by": AssignedBy.KEEP if fields.get("assignee") else None,
    }
    return Ticket(**(usual | fields))


def a_spam_ticket() -> Ticket:
    """A ticket in the spam box."""
    return a_ticket(status=Status.RESOLVED_INTERNALLY, resolution=Resolution.SPAM)


def a_desk(**fields: Any) -> Desk:
    """A desk for inquiries."""
    return Desk(**({"id": "support", "name": "Support", "kind": DeskKind.INQUIRY} | fields))


def a_mail(**fields: Any) -> IncomingMail:
    """A mail that a person wrote."""
    usual = {
        "message": "01JDMESSAGE",
        "desk": "support",
        "customer": "01JDCUSTOMER",
        "at": NOW,
        "sender": "山田太郎",
        "subject": "請求書について",
        "text": "九月分が届きません。",
    }
    return IncomingMail(**(usual | fields))
