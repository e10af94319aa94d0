"""Reads the JSON object of a request body: strict UTF-8, I-JSON (RFC 7493), and not deeper than anybody means."""

import json
import re
from collections.abc import Iterator
from math import isinf
from typing import Any

from services.chassis.errors import Invalid, Malformed

MAX_DEPTH = 64
MAX_INTEGER = 2**53 - 1  # beyond it, readers with doubles see another number (RFC 7493, 2.2)
SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_object(raw: bytes) -> dict[str, Any]:
    """The fields of the object; an empty body has none. Raises Malformed, Invalid for text that no field can hold."""
    if not raw:
        return {}
    value = _parse(raw)
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object.")
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH:
        _refuse_depth(value)
    if SUSPICIOUS.search(raw):
        _refuse_unstorable_text(value)
    return value


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_number,
            parse_int=_integer,
        )
    except UnicodeDecodeError:
        raise Malformed("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise Malformed(f"The body is nested more than {MAX_DEPTH} levels deep.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Malformed("A name occurs twice in one object of the body.")
    return members


def _refuse_constant(name: str) -> None:
    raise Malformed(f"{name} is no JSON number.")


def _number(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise Malformed("A number in the body is too large.")
    return number


def _integer(text: str) -> int:
    if len(text) > len("-9007199254740991") or abs(int(text)) > MAX_INTEGER:
        raise Malformed("A whole number in the body is too large.")
    return int(text)


def _refuse_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [child for each in level for child in _children(each)]
    if level:
        raise Malformed(f"The body is nested more than {MAX_DEPTH} levels deep.")


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _refuse_unstorable_text(fields: dict[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    for field, value in fields.items():
        for text in _texts({field: value}):
            if "\0" in text:
                errors[_shown(field)] = ["Must not contain NUL."]
            elif LONE_SURROGATE.search(text):
                errors[_shown(field)] = ["Must not contain half of a surrogate pair."]
    if errors:
        raise Invalid("Some text cannot be kept.", errors=errors)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
    for child in _children(value):
        yield from _texts(child)


def _shown(field: str) -> str:
    return LONE_SURROGATE.sub("\ufffd", field)
