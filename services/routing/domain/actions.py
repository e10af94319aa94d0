"""What a trigger does to a ticket: typed actions, and all those of a pass made into one change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from services.routing.domain.text import fold


@dataclass(frozen=True)
class Assign:
    """Give the ticket to a group, to an agent, or to both."""

    group: str | None = None
    assignee: str | None = None

    def plain(self) -> dict[str, Any]:
        """As the event says it."""
        return {"action": "assign", "group": self.group, "assignee": self.assignee}


@dataclass(frozen=True)
class SetField:
    """Set one field; an inner one as `customer_fields.plan`."""

    field: str
    value: Any

    def plain(self) -> dict[str, Any]:
        """As the event says it."""
        return {"action": "set", "field": self.field, "value": self.value}


@dataclass(frozen=True)
class Tag:
    """Add tags and take tags away."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As the event says it."""
        return {"action": "tag", "add": list(self.add), "remove": list(self.remove)}


@dataclass(frozen=True)
class ResolveInternally:
    """End the ticket without a mail to the customer."""

    reason: str

    def plain(self) -> dict[str, Any]:
        """As the event says it."""
        return {"action": "resolve_internally", "reason": self.reason}


Action = Assign | SetField | Tag | ResolveInternally


@dataclass
class _Change:
    """What the actions so far come to; tags by their folded names."""

    fields: dict[str, SetField] = field(default_factory=dict)
    tags: dict[str, tuple[str, bool]] = field(default_factory=dict)
    assign: Assign | None = None
    resolve: ResolveInternally | None = None

    def take(self, action: Action) -> None:
        match action:
            case SetField():
                self.fields[action.field] = action
            case Tag():
                self.tags |= {_key(name): (name, True) for name in action.add}
                self.tags |= {_key(name): (name, False) for name in action.remove}
            case Assign():
                self.assign = _later(self.assign, action)
            case ResolveInternally():
                self.resolve = action

    def actions(self) -> tuple[Action, ...]:
        add = tuple(name for name, wanted in self.tags.values() if wanted)
        remove = tuple(name for name, wanted in self.tags.values() if not wanted)
        tag = Tag(add, remove) if self.tags else None
        parts: list[Action | None] = [*self.fields.values(), tag, self.assign, self.resolve]
        return tuple(part for part in parts if part is not None)


def combined(actions: Iterable[Action]) -> tuple[Action, ...]:
    """One change out of many: what comes later overwrites what came earlier."""
    change = _Change()
    for action in actions:
        change.take(action)
    return change.actions()


def _later(before: Assign | None, after: Assign) -> Assign:
    """A later group comes without the earlier group's agent; a later agent keeps the earlier group."""
    if before is None or after.group is not None:
        return after
    return Assign(before.group, after.assignee)


def _key(tag: str) -> str:
    return fold(tag.strip())
