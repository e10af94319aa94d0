"""JSON Schema (2020-12) from the annotations of a dataclass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    timedelta: {"type": "string", "format": "duration"},
    Any: {},
    dict: {"type": "object"},
    list: {"type": "array"},
}


def schema_of(cls: Any, *, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """The schema of the object that a dataclass becomes."""
    hints = get_type_hints(cls)
    named = [each for each in fields(cls) if each.name not in leave_out]
    return {
        "type": "object",
        "properties": {each.name: of_type(hints[each.name]) for each in named},
        "required": [each.name for each in named if _required(each)],
    }


def of_type(hint: Any) -> dict[str, Any]:
    """The schema of one annotation. Raises TypeError for one that JSON cannot say."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [of_type(each) for each in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"type": "string"}  # consumers tolerate members that they do not know
    if is_dataclass(hint):
        return schema_of(hint)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": of_type(arguments[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence | set | frozenset):
        return {"type": "array", "items": of_type(arguments[0])}
    raise TypeError(f"JSON Schema has no word for {hint!r}.")


def _required(each: "Field[Any]") -> bool:
    return each.default is MISSING and each.default_factory is MISSING
