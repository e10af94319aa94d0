"""A trigger: conditions on what happened to a ticket, and what is done when they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Self

from services.routing.domain.actions import Action, Assign
from services.routing.domain.condition import Condition, tests_of
from services.routing.domain.fields import Field
from services.routing.domain.problems import Problems
from services.routing.domain.reading import read_condition
from services.routing.domain.reading_actions import read_actions


class Occasion(StrEnum):
    """The events on which triggers are evaluated."""

    TICKET_CREATED = "ticket.created"
    TICKET_UPDATED = "ticket.updated"
    TICKET_REOPENED = "ticket.reopened"
    ACTIVITY_RECORDED = "activity.recorded"


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """A rule of a desk, or of every desk; `when` and `then` are as the administrator wrote them, and valid."""

    id: str
    name: str
    desk: str | None = None
    on: tuple[Occasion, ...]
    position: int
    active: bool = True
    stop: bool = False
    when: dict[str, Any]
    then: list[dict[str, Any]]
    created_at: datetime
    updated_at: datetime
    sequence: int = 0
    version: int = 1

    @classmethod
    def create(cls, *, at: datetime, **fields: Any) -> Self:
        """A new trigger. Raises NotValid, naming each mistake by its path."""
        return cls(**_typed(fields), created_at=at, updated_at=at)._checked()

    def change(self, changes: Mapping[str, Any], *, at: datetime) -> Self:
        """The trigger with these fields. Raises NotValid."""
        return replace(self, **_typed(changes), version=self.version + 1, updated_at=at)._checked()

    def check_places(self, desks: frozenset[str | None], groups: Mapping[str, str]) -> None:
        """Its desk and its groups are there, and fit; `groups` are those known, by id, with their desks.

        Raises NotValid.
        """
        problems = Problems()
        if self.desk is not None and self.desk not in desks:
            problems.add("desk", f"There is no desk {self.desk}.")
        for at, action in enumerate(self.actions):
            if isinstance(action, Assign) and action.group is not None:
                _check_group(action.group, f"then.{at}.group", self.desk, groups, problems)
        problems.settle()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that it gives tickets to."""
        return tuple(each.group for each in self.actions if isinstance(each, Assign) and each.group is not None)

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that its conditions read."""
        return frozenset(test.field for test in tests_of(self.condition))

    @cached_property
    def condition(self) -> Condition:
        """`when` as a typed tree."""
        return read_condition(self.when, "when", Problems())

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """`then` as typed actions."""
        return read_actions(self.then, "then", Problems())

    def _checked(self) -> Self:
        problems = Problems()
        read_condition(self.when, "when", problems)
        read_actions(self.then, "then", problems)
        problems.settle()
        return self


@dataclass(frozen=True, kw_only=True)
class TriggerSet:
    """The triggers of one occasion at one desk; `number` rises with every change of any trigger."""

    id: ClassVar[str] = "triggers"

    number: int
    triggers: tuple[Trigger, ...]


def _typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with each occasion once."""
    return {**fields, "on": tuple(dict.fromkeys(fields["on"]))} if "on" in fields else {**fields}


def _check_group(group: str, path: str, desk: str | None, groups: Mapping[str, str], problems: Problems) -> None:
    if group not in groups:
        problems.add(path, f"There is no group {group}.")
    elif desk is not None and groups[group] != desk:
        problems.add(path, f"The group {group} belongs to the desk {groups[group]}.")
