"""What every event of a ticket carries: the ticket as it is afterwards, and what changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from services.tickets.domain.lifecycle import Status
from services.tickets.domain.ticket import VERSIONED, Ticket
from services.tickets.domain.words import AssignedBy, Channel, Priority

PERSONAL = frozenset({"customer_fields", "description", "operator_fields", "title"})
COMPARED = VERSIONED

EXAMPLE: dict[str, Any] = {
    "ticket": "01JD9V1A2B3C4D5E6F7G8H9J0K",
    "number": 1042,
    "desk": "support",
    "group": "billing",
    "assignee": "alice",
    "assigned_by": "keep",
    "status": "in_progress",
    "channel": "mail",
    "customer": "01JD9V0A2B3C4D5E6F7G8H9J0K",
    "changed": {},
    "cascade": 0,
    "personal": {"title": "請求書について"},
}


@dataclass(frozen=True, kw_only=True)
class OfTicket:
    """A small snapshot of the ticket as it is afterwards."""

    ticket: str
    number: int
    desk: str
    group: str | None
    assignee: str | None
    assigned_by: AssignedBy | None
    status: Status
    channel: Channel
    customer: str | None

    @classmethod
    def of(cls, after: Ticket, before: Ticket | None = None, *, names: Collection[str] = COMPARED, **more: Any) -> Self:
        """The event of a change from `before` to `after`, as far as these fields changed."""
        changed = differences(before, after, set(names) - PERSONAL) if before else {}
        written = {"changed": changed, "personal": personal(after, before, names)}
        return cls(**snapshot(after), **(written | more))


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """The subject and the small snapshot."""
    return {
        "subject": ticket.id,
        "ticket": ticket.id,
        "number": ticket.number,
        "desk": ticket.desk,
        "group": ticket.group,
        "assignee": ticket.assignee,
        "assigned_by": ticket.assigned_by,
        "status": ticket.status,
        "channel": ticket.channel,
        "customer": ticket.customer,
    }


def personal(after: Ticket, before: Ticket | None, names: Collection[str]) -> dict[str, Any]:
    """The title always, other free text only where it changed: `changed` says it as the outer one does for the rest."""
    rewritten = differences(before, after, PERSONAL & set(names)) if before else {}
    return {"title": after.title} | ({"changed": rewritten} if rewritten else {})


def differences(before: Any, after: Any, names: Iterable[str]) -> dict[str, list[Any]]:
    """{field: [before, after]} of those that are not the same."""
    pairs = {name: [_shown(getattr(each, name)) for each in (before, after)] for name in sorted(names)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _shown(value: Any) -> Any:
    return value.word if isinstance(value, Priority) else value
