"""The events of groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.routing.domain.group import Group
from services.routing.events.changes import differences

GROUP: dict[str, Any] = {
    "group": "billing",
    "name": "請求係",
    "desk": "support",
    "members": ["alice", "bob"],
    "distribution": "pull",
    "changed": {},
    "cascade": 0,
    "personal": {},
}


@dataclass(frozen=True, kw_only=True)
class OfGroup:
    """The group as it is afterwards; `members` are agents' ids."""

    group: str
    name: str
    desk: str
    members: Sequence[str]
    distribution: str

    @classmethod
    def of(cls, after: Group, before: Group | None = None) -> Self:
        """The event of a change from `before` to `after`."""
        shown: dict[str, Any] = {name: getattr(after, name) for name in ("name", "desk", "distribution")}
        changed = differences(before, after, ("name", "members", "distribution", "offer_timeout", "capacity"))
        return cls(**(shown | {"subject": after.id, "group": after.id, "members": after.agents, "changed": changed}))


@dataclass(frozen=True, kw_only=True)
class GroupCreated(OfGroup, Event):
    """Agents of a desk begin to share work."""

    type: ClassVar[str] = "group.created"
    example: ClassVar[Mapping[str, Any]] = GROUP


@dataclass(frozen=True, kw_only=True)
class GroupUpdated(OfGroup, Event):
    """A group's name, members or rules of distribution changed."""

    type: ClassVar[str] = "group.updated"
    example: ClassVar[Mapping[str, Any]] = GROUP | {"changed": {"name": ["Billing", "請求係"]}}


@dataclass(frozen=True, kw_only=True)
class GroupDeleted(OfGroup, Event):
    """A group is gone; its id is never used again."""

    type: ClassVar[str] = "group.deleted"
    example: ClassVar[Mapping[str, Any]] = GROUP
