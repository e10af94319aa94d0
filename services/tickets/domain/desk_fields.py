"""The configured fields of a desk: typed values, required ones there (R51)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from services.tickets.domain.desk import Desk, FieldDefinition, FieldType
from services.tickets.domain.text import DESCRIPTION_LENGTH
from services.tickets.domain.words import Channel
from services.tickets.errors import FieldsInvalid

REQUIRED = "It is required."
LARGEST_NUMBER = 2**63


def check_content(desk: Desk, content: Mapping[str, Any]) -> None:
    """Hold what a ticket is to have against what its desk asks for. Raises FieldsInvalid."""
    errors = _intake_type(desk, content.get("intake_type"))
    for name, definitions in (("customer_fields", desk.customer_fields), ("operator_fields", desk.operator_fields)):
        if content.get(name) is not None:
            errors |= _wrong(name, definitions, content[name])
    if errors:
        raise FieldsInvalid(errors)


def check_required(desk: Desk, content: Mapping[str, Any]) -> None:
    """Hold a new ticket against the fields that its desk requires; those of operators only where an agent makes it.

    Raises FieldsInvalid.
    """
    asked = {"customer_fields": desk.customer_fields}
    if content["channel"] is Channel.AGENT:
        asked |= {"operator_fields": desk.operator_fields}
    errors: dict[str, list[str]] = {}
    for name, definitions in asked.items():
        given = content.get(name) or {}
        errors |= {f"{name}.{each.key}": [REQUIRED] for each in definitions if _missing(each, given)}
    if errors:
        raise FieldsInvalid(errors)


def _missing(definition: FieldDefinition, given: Mapping[str, Any]) -> bool:
    return definition.required and given.get(definition.key) in (None, "")


def _intake_type(desk: Desk, word: str | None) -> dict[str, list[str]]:
    known = word is None or not desk.intake_types or word in desk.intake_types
    return {} if known else {"intake_type": [f"The desk has no intake type {word}."]}


def _wrong(name: str, definitions: Iterable[FieldDefinition], given: Mapping[str, Any]) -> dict[str, list[str]]:
    known = {each.key: each for each in definitions}
    errors = {}
    for key, value in given.items():
        if key not in known:
            errors[f"{name}.{key}"] = ["The desk has no such field."]
        elif _missing(known[key], given):
            errors[f"{name}.{key}"] = [REQUIRED]
        elif value is not None and not FITS[known[key].type](value, known[key]):
            errors[f"{name}.{key}"] = [f"It must be a {known[key].type}."]
    return errors


def _text(value: Any, _: FieldDefinition) -> bool:
    return isinstance(value, str) and len(value) <= DESCRIPTION_LENGTH


def _number(value: Any, _: FieldDefinition) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_NUMBER


def _boolean(value: Any, _: FieldDefinition) -> bool:
    return isinstance(value, bool)


def _date(value: Any, _: FieldDefinition) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _option(value: Any, definition: FieldDefinition) -> bool:
    return isinstance(value, str) and value in definition.options


FITS: dict[FieldType, Callable[[Any, FieldDefinition], bool]] = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATE: _date,
    FieldType.SELECT: _option,
}
