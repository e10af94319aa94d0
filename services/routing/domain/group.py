"""A group: agents of one desk who share its work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from services.routing.domain.problems import Problems

OFFER_TIMEOUT = timedelta(seconds=15)
CAPACITY = {"phone": 1, "chat": 4, "sms": 4, "mail": 10}
MOST_CALLS = 1


class Distribution(StrEnum):
    """How waiting tasks come to the members."""

    PULL = "pull"  # they choose
    LONGEST_IDLE = "longest_idle"
    LEAST_LOADED = "least_loaded"
    ROUND_ROBIN = "round_robin"


@dataclass(frozen=True, kw_only=True)
class Member:
    """An agent in a group, with the level of each skill."""

    agent: str
    skills: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A set of agents of a desk; `capacity` is how much of each channel a member holds at once."""

    id: str
    name: str
    desk: str
    members: tuple[Member, ...] = ()
    distribution: Distribution = Distribution.PULL
    offer_timeout: timedelta = OFFER_TIMEOUT
    capacity: dict[str, int] = field(default_factory=lambda: dict(CAPACITY))
    created_at: datetime
    updated_at: datetime
    sequence: int = 0
    version: int = 1

    @classmethod
    def create(cls, *, at: datetime, **fields: Any) -> Self:
        """A new group; a channel that is not named has its usual capacity. Raises NotValid."""
        return cls(**_typed(fields, CAPACITY), created_at=at, updated_at=at)._checked()

    def change(self, changes: Mapping[str, Any], *, at: datetime) -> Self:
        """The group with these fields; a channel that is not named keeps its capacity. Raises NotValid."""
        after = replace(self, **_typed(changes, self.capacity), version=self.version + 1, updated_at=at)
        return after._checked()

    @property
    def agents(self) -> tuple[str, ...]:
        """Who belongs to it."""
        return tuple(each.agent for each in self.members)

    def check_desk(self, desks: frozenset[str]) -> None:
        """Its desk is one of those known. Raises NotValid."""
        problems = Problems()
        if self.desk not in desks:
            problems.add("desk", f"There is no desk {self.desk}.")
        problems.settle()

    def _checked(self) -> Self:
        problems = Problems()
        for at in _repeated(self.agents):
            problems.add(f"members.{at}.agent", "Everybody is in a group once.")
        if self.capacity["phone"] > MOST_CALLS:
            problems.add("capacity.phone", "Nobody has more than one call at a time.")
        if self.distribution is not Distribution.PULL:
            problems.add("distribution", "Only `pull` can be carried out yet: members choose their tasks.")
        problems.settle()
        return self


def _typed(fields: Mapping[str, Any], capacity: Mapping[str, int]) -> dict[str, Any]:
    """The fields with members as Members, and with a capacity for every channel."""
    typed = {**fields, "capacity": {**capacity, **fields.get("capacity", {})}}
    if "members" in fields:
        typed["members"] = tuple(Member(**each) for each in fields["members"])
    return typed


def _repeated(names: Iterable[str]) -> list[int]:
    """The places of those that stood further ahead already."""
    first: dict[str, int] = {}
    return [at for at, name in enumerate(names) if first.setdefault(name, at) != at]
