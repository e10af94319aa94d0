"""Whether an operator applies to a field, and whether its operand is of the right type."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import re2

from services.routing.domain.fields import Field, Kind, Source
from services.routing.domain.numbers import is_number
from services.routing.domain.operators import BARE, LISTED, ORDERED, TEXTUAL, Op, expression
from services.routing.domain.text import storable

LONGEST_TEXT = 2000
LONGEST_LIST = 500

_TEXT_KINDS = frozenset({Kind.TEXT, Kind.TEXTS, Kind.TAGS, Kind.ANY})
_ORDERED_KINDS = frozenset({Kind.NUMBER, Kind.INSTANT, Kind.RANK, Kind.ANY})


def problem(field: Field, op: Op, operand: Any) -> str | None:
    """What is wrong with the operand or with the operator on this field, as a sentence, or None."""
    if not _applies(field, op):
        return f"`{op}` does not apply to {field.name}."
    if op in BARE:
        return None if operand is None else f"`{op}` takes no value."
    if op in LISTED:
        return _list_problem(field, operand)
    if op in TEXTUAL:
        return _text_problem(op, operand)
    return _value_problem(field, operand)


def _applies(field: Field, op: Op) -> bool:
    if op is Op.CHANGED:
        return field.source in (Source.EVENT, Source.TICKET)
    if op in TEXTUAL:
        return field.kind in _TEXT_KINDS
    return op not in ORDERED or field.kind in _ORDERED_KINDS


def _list_problem(field: Field, operand: Any) -> str | None:
    if not isinstance(operand, list) or not 1 <= len(operand) <= LONGEST_LIST:
        return f"It must be a list of 1 to {LONGEST_LIST} values."
    return next((wrong for each in operand if (wrong := _value_problem(field, each))), None)


def _text_problem(op: Op, operand: Any) -> str | None:
    if not _is_text(operand) or not 1 <= len(operand) <= LONGEST_TEXT:
        return f"It must be a text of 1 to {LONGEST_TEXT} characters."
    if op is not Op.MATCHES:
        return None
    try:
        expression(operand)
    except re2.error as error:
        return f"It is no regular expression that runs in linear time: {error}."
    return None


def _value_problem(field: Field, operand: Any) -> str | None:
    if field.choices:
        return None if operand in field.choices else f"It must be one of {', '.join(field.choices)}."
    fits, sentence = _TYPES[field.kind]
    if not fits(operand):
        return f"It must be {sentence}."
    too_long = isinstance(operand, str) and len(operand) > LONGEST_TEXT
    return f"It must be at most {LONGEST_TEXT} characters long." if too_long else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and storable(value)


def _is_any(value: Any) -> bool:
    return isinstance(value, bool) or is_number(value) or _is_text(value)


def _is_instant(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_TYPES: dict[Kind, tuple[Callable[[Any], bool], str]] = {
    Kind.TEXT: (_is_text, "a text"),
    Kind.TEXTS: (_is_text, "a text"),
    Kind.TAGS: (_is_text, "a text"),
    Kind.RANK: (_is_text, "a text"),
    Kind.NUMBER: (is_number, "a number"),
    Kind.INSTANT: (_is_instant, "an instant with its zone, such as 2026-11-22T01:02:05Z"),
    Kind.ANY: (_is_any, "a text, a number, true or false"),
}
