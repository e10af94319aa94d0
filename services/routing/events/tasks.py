"""The events of tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.routing.domain.task import Task
from services.routing.events.changes import differences

TASK: dict[str, Any] = {
    "task": "01JD9V4A2B3C4D5E6F7G8H9J0K",
    "ticket": "01JD9V1A2B3C4D5E6F7G8H9J0K",
    "desk": "support",
    "group": "billing",
    "channel": "mail",
    "priority": "normal",
    "state": "queued",
    "fence": 0,
    "accepted_by": None,
    "queued_at": "2026-11-22T01:02:05.630Z",
    "changed": {},
    "cascade": 0,
    "personal": {},
}


@dataclass(frozen=True, kw_only=True)
class OfTask:
    """The task as it is afterwards."""

    task: str
    ticket: str
    desk: str
    group: str
    channel: str
    priority: str
    state: str
    fence: int
    accepted_by: str | None
    queued_at: datetime

    @classmethod
    def of(cls, after: Task, before: Task | None = None) -> Self:
        """The event of a change from `before` to `after`."""
        names = ("ticket", "desk", "group", "channel", "priority", "fence", "accepted_by", "queued_at")
        shown: dict[str, Any] = {name: getattr(after, name) for name in names}
        known: dict[str, Any] = {"subject": after.id, "task": after.id, "state": after.shown_state}
        return cls(**(shown | known | {"changed": _changed(after, before)}))


def _changed(after: Task, before: Task | None) -> dict[str, list[Any]]:
    if before is None:
        return {}
    states = [before.shown_state, after.shown_state]
    return differences(before, after, ("priority", "customer")) | ({"state": states} if states[0] != states[1] else {})


@dataclass(frozen=True, kw_only=True)
class TaskQueued(OfTask, Event):
    """The task waits in its group's queue: newly, or with another priority."""

    type: ClassVar[str] = "task.queued"
    example: ClassVar[Mapping[str, Any]] = TASK


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(OfTask, Event):
    """An agent took it, and has its ticket."""

    type: ClassVar[str] = "task.accepted"
    example: ClassVar[Mapping[str, Any]] = TASK | {
        "state": "accepted",
        "fence": 1,
        "accepted_by": "alice",
        "changed": {"state": ["queued", "accepted"]},
    }


@dataclass(frozen=True, kw_only=True)
class TaskCompleted(OfTask, Event):
    """Its agent is done with it, or its ticket is."""

    type: ClassVar[str] = "task.completed"
    example: ClassVar[Mapping[str, Any]] = TASK | {"state": "completed", "fence": 1, "accepted_by": "alice"}


@dataclass(frozen=True, kw_only=True)
class TaskWithdrawn(OfTask, Event):
    """Nobody needs to take it any more: the ticket has another owner, another group, or has ended."""

    type: ClassVar[str] = "task.withdrawn"
    example: ClassVar[Mapping[str, Any]] = TASK | {"state": "withdrawn"}
