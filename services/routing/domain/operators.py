"""The operators of conditions: which operand each takes, and when it holds for a folded value."""

import operator
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

import re2

from services.routing.domain.fields import Field, Kind
from services.routing.domain.text import fold, fold_pattern

Check = Callable[[Any], bool]


class Op(StrEnum):
    """How a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    MATCHES = "matches"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    PRESENT = "present"
    ABSENT = "absent"
    CHANGED = "changed"


NEGATIONS = {Op.IS_NOT: Op.IS, Op.NOT_IN: Op.IN, Op.NOT_CONTAINS: Op.CONTAINS, Op.ABSENT: Op.PRESENT}
BARE = frozenset({Op.PRESENT, Op.ABSENT, Op.CHANGED})
LISTED = frozenset({Op.IN, Op.NOT_IN})
TEXTUAL = frozenset({Op.CONTAINS, Op.NOT_CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH, Op.MATCHES})
ORDERED: dict[Op, Callable[[Any, Any], bool]] = {
    Op.GT: operator.gt,
    Op.GTE: operator.ge,
    Op.LT: operator.lt,
    Op.LTE: operator.le,
}

_REGULAR = re2.Options()
_REGULAR.case_sensitive = False
_REGULAR.log_errors = False


def checker(field: Field, op: Op, operand: Any) -> Check:
    """A function of the field's folded value. The operand is one that `operands.problem` has nothing against."""
    if op in NEGATIONS:
        positive = checker(field, NEGATIONS[op], operand)
        return lambda actual: not positive(actual)
    if op is Op.PRESENT:
        return lambda actual: actual not in (None, "", ())
    return _for_one_of_them(_scalar(field, op, operand))


def folded(field: Field, value: Any) -> Any:
    """A value as it is compared: text folded, a rank its place, an instant a datetime, a list a tuple."""
    if isinstance(value, list | tuple):
        return tuple(folded(field, each) for each in value)
    if field.kind is Kind.RANK and value in field.choices:
        return field.choices.index(value)
    if field.kind is Kind.INSTANT and isinstance(value, str):
        return datetime.fromisoformat(value)
    return fold(value) if isinstance(value, str) else value


def expression(pattern: str) -> Any:
    """The compiled, linear-time regular expression. Raises re2.error."""
    return re2.compile(fold_pattern(pattern), _REGULAR)


def _scalar(field: Field, op: Op, operand: Any) -> Check:
    if op is Op.MATCHES:
        search = expression(operand).search
        return lambda actual: isinstance(actual, str) and search(actual) is not None
    wanted = folded(field, operand)
    if op in ORDERED:
        holds = ORDERED[op]
        return lambda actual: _comparable(actual, wanted) and holds(actual, wanted)
    if op is Op.IN:
        return lambda actual: any(_same(actual, each) for each in wanted)
    if op is Op.IS or (field.kind is Kind.TAGS and op is Op.CONTAINS):
        return lambda actual: _same(actual, wanted)
    return _within_text(op, wanted)


def _within_text(op: Op, wanted: str) -> Check:
    tests: dict[Op, Check] = {
        Op.CONTAINS: lambda actual: wanted in actual,
        Op.STARTS_WITH: lambda actual: actual.startswith(wanted),
        Op.ENDS_WITH: lambda actual: actual.endswith(wanted),
    }
    test = tests[op]
    return lambda actual: isinstance(actual, str) and test(actual)


def _for_one_of_them(check: Check) -> Check:
    return lambda actual: any(map(check, actual)) if isinstance(actual, tuple) else check(actual)


def _same(actual: Any, wanted: Any) -> bool:
    return isinstance(actual, bool) == isinstance(wanted, bool) and bool(actual == wanted)


def _comparable(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, bool) or isinstance(wanted, bool):
        return False
    numbers = isinstance(actual, int | float) and isinstance(wanted, int | float)
    return numbers or (type(actual) is type(wanted) and actual is not None)
