"""Conditions: typed trees of comparisons, and whether one holds for a snapshot."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.routing.domain.fields import Field
from services.routing.domain.operators import Op, checker
from services.routing.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Test:
    """One field compared with one operand."""

    __test__ = False  # pytest would take the class for a test

    field: Field
    op: Op
    value: Any

    def holds(self, snapshot: Snapshot) -> bool:
        """Whether the comparison comes out true."""
        if self.op is Op.CHANGED:
            return self.field.name in snapshot.changed
        return self._check(snapshot.keys.get(self.field.name))

    @cached_property
    def _check(self) -> Callable[[Any], bool]:
        return checker(self.field, self.op, self.value)


@dataclass(frozen=True)
class Every:
    """Holds when each of them holds; of none, always."""

    of: tuple["Condition", ...]

    def holds(self, snapshot: Snapshot) -> bool:
        """Whether all hold."""
        return all(each.holds(snapshot) for each in self.of)


@dataclass(frozen=True)
class Some:
    """Holds when one of them holds; of none, never."""

    of: tuple["Condition", ...]

    def holds(self, snapshot: Snapshot) -> bool:
        """Whether any holds."""
        return any(each.holds(snapshot) for each in self.of)


@dataclass(frozen=True)
class Not:
    """Holds when the other does not."""

    of: "Condition"

    def holds(self, snapshot: Snapshot) -> bool:
        """Whether the other fails."""
        return not self.of.holds(snapshot)


Condition = Test | Every | Some | Not


def tests_of(condition: Condition) -> list[Test]:
    """Every comparison in the tree, from left to right."""
    match condition:
        case Test():
            return [condition]
        case Not(of=inner):
            return tests_of(inner)
        case Every(of=children) | Some(of=children):
            return [test for child in children for test in tests_of(child)]
