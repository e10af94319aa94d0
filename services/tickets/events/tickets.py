"""The events of a ticket's life."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from services.chassis.events import Event
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import Resolution
from services.tickets.events.snapshot import EXAMPLE, OfTicket

OWNED = {"assignee": [None, "alice"], "status": ["new", "in_progress"]}


@dataclass(frozen=True, kw_only=True)
class TicketCreated(OfTicket, Event):
    """A ticket begins; with every field that a trigger can ask for, free text and configured fields in `personal`."""

    type: ClassVar[str] = "ticket.created"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "priority": "normal",
        "language": "ja",
        "intake_type": None,
        "resolution": None,
        "tags": [],
        "related_to": None,
        "follows": None,
        "escalated_from": None,
        "opened_at": "2026-11-22T01:02:05.630Z",
        "personal": {
            "title": "請求書について",
            "description": "九月分が届きません。",
            "customer_fields": {},
            "operator_fields": {},
        },
    }

    priority: str
    language: str | None
    intake_type: str | None
    resolution: Resolution | None
    tags: Sequence[str]
    related_to: str | None
    follows: str | None
    escalated_from: str | None
    opened_at: datetime

    @classmethod
    def new(cls, ticket: Ticket) -> Self:
        """The event of a ticket that begins."""
        return cls.of(
            ticket,
            priority=ticket.priority.word,
            language=ticket.language,
            intake_type=ticket.intake_type,
            resolution=ticket.resolution,
            tags=ticket.tags,
            related_to=ticket.related_to,
            follows=ticket.follows,
            escalated_from=ticket.escalated_from,
            opened_at=ticket.opened_at,
            personal={
                "title": ticket.title,
                "description": ticket.description,
                "customer_fields": ticket.customer_fields,
                "operator_fields": ticket.operator_fields,
            },
        )


@dataclass(frozen=True, kw_only=True)
class TicketUpdated(OfTicket, Event):
    """Fields changed; `changed` and `personal.changed` say from what to what."""

    type: ClassVar[str] = "ticket.updated"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "changed": {"priority": ["normal", "high"]},
        "personal": {"title": "請求書の再送", "changed": {"title": ["請求書について", "請求書の再送"]}},
    }


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(OfTicket, Event):
    """It has another owner: kept, assigned by somebody or by a trigger, or accepted as an offer."""

    type: ClassVar[str] = "ticket.assigned"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": OWNED}


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(OfTicket, Event):
    """Its owner handed it on."""

    type: ClassVar[str] = "ticket.transferred"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": {"assignee": ["bob", "alice"]}}


@dataclass(frozen=True, kw_only=True)
class TicketHeld(OfTicket, Event):
    """Something must be checked before it goes on."""

    type: ClassVar[str] = "ticket.held"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "status": "on_hold",
        "changed": {"status": ["in_progress", "on_hold"]},
    }


@dataclass(frozen=True, kw_only=True)
class TicketResumed(OfTicket, Event):
    """It is taken up again."""

    type: ClassVar[str] = "ticket.resumed"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": {"status": ["on_hold", "in_progress"]}}


@dataclass(frozen=True, kw_only=True)
class TicketSolved(OfTicket, Event):
    """The agent considers the problem answered."""

    type: ClassVar[str] = "ticket.solved"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "status": "solved",
        "changed": {"status": ["in_progress", "solved"], "resolution": [None, "answered"]},
    }


@dataclass(frozen=True, kw_only=True)
class TicketResolvedInternally(OfTicket, Event):
    """It ended without a mail to the customer, for this reason; with `spam` it is in the spam box."""

    type: ClassVar[str] = "ticket.resolved_internally"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "status": "resolved_internally",
        "reason": "duplicate",
        "duplicate_of": "01JD9V1A2B3C4D5E6F7G8H9J0M",
        "changed": {"status": ["in_progress", "resolved_internally"], "resolution": [None, "duplicate"]},
    }

    reason: Resolution
    duplicate_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class TicketClosed(OfTicket, Event):
    """It is over; a reply opens another ticket."""

    type: ClassVar[str] = "ticket.closed"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"status": "closed", "changed": {"status": ["solved", "closed"]}}


@dataclass(frozen=True, kw_only=True)
class TicketReopened(OfTicket, Event):
    """The customer wrote again, and it is workable again."""

    type: ClassVar[str] = "ticket.reopened"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": {"status": ["solved", "in_progress"]}}


@dataclass(frozen=True, kw_only=True)
class TicketDecided(OfTicket, Event):
    """What became of a decision: applied as one change, or refused because the ticket moved on."""

    type: ClassVar[str] = "ticket.decided"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "decision": "01JD9V2A2B3C4D5E6F7G8H9J0K",
        "outcome": "applied",
        "reason": None,
    }

    decision: str
    outcome: Literal["applied", "refused"]
    reason: str | None = None
