"""The events of triggers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.routing.domain.trigger import Trigger
from services.routing.events.changes import differences

TRIGGER: dict[str, Any] = {
    "trigger": "invoices",
    "name": "Invoices to billing",
    "desk": "support",
    "on": ["ticket.created"],
    "position": 10,
    "active": True,
    "changed": {},
    "cascade": 0,
    "personal": {},
}


@dataclass(frozen=True, kw_only=True)
class OfTrigger:
    """The trigger as it is afterwards, without its conditions and actions."""

    trigger: str
    name: str
    desk: str | None
    on: Sequence[str]
    position: int
    active: bool

    @classmethod
    def of(cls, after: Trigger, before: Trigger | None = None) -> Self:
        """The event of a change from `before` to `after`."""
        names = ("name", "desk", "on", "position", "active")
        shown: dict[str, Any] = {name: getattr(after, name) for name in names}
        known = {"subject": after.id, "trigger": after.id}
        changed = differences(before, after, (*names, "stop"))
        rewritten = differences(before, after, ("when", "then"))
        written = {"changed": changed, "personal": {"changed": rewritten} if rewritten else {}}
        return cls(**(shown | known | written))


@dataclass(frozen=True, kw_only=True)
class TriggerCreated(OfTrigger, Event):
    """A rule is in force, if it is active."""

    type: ClassVar[str] = "trigger.created"
    example: ClassVar[Mapping[str, Any]] = TRIGGER


@dataclass(frozen=True, kw_only=True)
class TriggerUpdated(OfTrigger, Event):
    """A rule changed; `personal.changed` says it of its conditions and actions, which may hold addresses."""

    type: ClassVar[str] = "trigger.updated"
    example: ClassVar[Mapping[str, Any]] = TRIGGER | {"changed": {"position": [5, 10]}}


@dataclass(frozen=True, kw_only=True)
class TriggerDeleted(OfTrigger, Event):
    """A rule is gone; its id is never used again."""

    type: ClassVar[str] = "trigger.deleted"
    example: ClassVar[Mapping[str, Any]] = TRIGGER
