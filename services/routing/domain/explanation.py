"""Why a condition did not hold: the comparisons that stood against it, with what was found."""

from dataclasses import dataclass
from typing import Any

from services.routing.domain.condition import Condition, Every, Not, Some, Test
from services.routing.domain.snapshot import Snapshot

LONGEST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A comparison that came out otherwise than wanted; `negated` when it held and should not have."""

    field: str
    op: str
    value: Any
    actual: Any
    negated: bool = False


def failures(condition: Condition, snapshot: Snapshot, *, wanted: bool = True) -> tuple[Failure, ...]:
    """The comparisons that kept the condition from being `wanted`; none when it is."""
    if condition.holds(snapshot) is wanted:
        return ()
    match condition:
        case Test():
            return (_failure(condition, snapshot, wanted),)
        case Not(of=inner):
            return failures(inner, snapshot, wanted=not wanted)
        case Every(of=children) | Some(of=children):
            return tuple(each for child in children for each in failures(child, snapshot, wanted=wanted))


def _failure(test: Test, snapshot: Snapshot, wanted: bool) -> Failure:
    actual = snapshot.values.get(test.field.name)
    if isinstance(actual, str):
        actual = actual[:LONGEST_SHOWN]
    return Failure(field=test.field.name, op=test.op.value, value=test.value, actual=actual, negated=not wanted)
