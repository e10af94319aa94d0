"""A ticket: one problem of one customer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from services.tickets.domain.lifecycle import OPEN, Move, Status, destination
from services.tickets.domain.permissions import Actor, permit
from services.tickets.domain.words import AssignedBy, Box, Channel, Priority, Resolution

EDITABLE = frozenset(
    {"title", "description", "priority", "language", "intake_type", "customer_fields", "operator_fields", "tags"}
)
VERSIONED = EDITABLE | {"status", "resolution", "desk", "group", "assignee", "assigned_by"}


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """One issue ticket that was made of this one."""

    desk: str
    ticket: str
    status: Status


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One problem of one customer; each move returns the ticket as it is afterwards.

    `version` rises when a field that PATCH may change, the status or the owner changes; an arriving mail leaves it.
    """

    id: str
    number: int
    desk: str
    title: str
    description: str = ""
    status: Status = Status.NEW
    resolution: Resolution | None = None
    channel: Channel
    language: str | None = None
    intake_type: str | None = None
    priority: Priority = Priority.NORMAL
    group: str | None = None
    assignee: str | None = None
    assigned_by: AssignedBy | None = None
    customer: str | None = None
    customer_fields: dict[str, Any] = field(default_factory=dict)
    operator_fields: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    related_to: str | None = None
    follows: str | None = None
    escalated_from: str | None = None
    escalations: tuple[Escalation, ...] = ()
    merged_into: str | None = None
    deleted: datetime | None = None
    box: Box = Box.MAIN
    opened_at: datetime
    created_at: datetime
    updated_at: datetime
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    sequence: int = 0
    version: int = 1

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it (R26)."""
        return self.status in OPEN

    @property
    def spam(self) -> bool:
        """Whether it lies in the spam box."""
        return self.status is Status.RESOLVED_INTERNALLY and self.resolution is Resolution.SPAM

    @property
    def trigger_assigned(self) -> bool:
        """Whether a trigger gave it to its owner (R20)."""
        return self.assigned_by is AssignedBy.TRIGGER

    def move(self, move: Move, *, by: Actor, at: datetime, **changes: Any) -> Self:
        """Make a move with these changes. Raises NotPermitted, and the refusals of the lifecycle."""
        permit(move, by, self)
        return self.go(move, at=at, **changes)

    def go(self, move: Move, *, at: datetime, **changes: Any) -> Self:
        """Make a move that nobody in person makes. Raises the refusals of the lifecycle."""
        assignee = changes.get("assignee", self.assignee)
        after = destination(move, self.status, spam=self.spam, assignee=assignee)
        return self.changed(at, status=after, **changes)

    def edit(self, changes: Mapping[str, Any], *, by: Actor, at: datetime) -> Self:
        """Change what PATCH may change. Raises NotPermitted, Closed, InSpamBox."""
        return self.move(Move.EDIT, by=by, at=at, **{name: changes[name] for name in EDITABLE & changes.keys()})

    def touched(self, *, at: datetime) -> Self:
        """Something was added to it; an agent's edit does not become stale by that."""
        return replace(self, updated_at=at)

    def changed(self, at: datetime, **changes: Any) -> Self:
        """The ticket with these fields; itself, when they are what they were."""
        after = replace(self, **changes)
        if after == self:
            return self
        seen = any(getattr(after, name) != getattr(self, name) for name in VERSIONED)
        return replace(after, box=after._own_box(), updated_at=at, version=self.version + seen)

    def _own_box(self) -> Box:
        if self.deleted is not None:
            return Box.DELETED
        return Box.SPAM if self.spam else Box.MAIN
