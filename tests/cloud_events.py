"""Whether something on the bus is a CloudEvent 1.0, is one of ours, and fits the schema of its type."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"
ATTRIBUTE_NAME = re.compile(r"[a-z0-9]{1,20}")  # CloudEvents 1.0.2, "Naming Conventions"


def declared_types() -> set[str]:
    """All types that have a schema."""
    return {path.stem for path in SCHEMAS.glob("*.*.json")}


def complaints(event: Mapping[str, Any]) -> list[str]:
    """What is wrong with an event, each with its place; nothing for a good one."""
    return [*_attributes(event), *_against("cloud-event", event), *_data(event)]


def _attributes(event: Mapping[str, Any]) -> list[str]:
    names = [name for name in event if name != "data"]
    badly_named = [f"{name} is no name of an attribute" for name in names if not ATTRIBUTE_NAME.fullmatch(name)]
    return badly_named + [f"{name} is no text" for name in names if not isinstance(event[name], str)]


def _data(event: Mapping[str, Any]) -> list[str]:
    type_ = str(event.get("type"))
    if type_ not in declared_types():
        return [f"{type_} is declared nowhere"]
    named = f"urn:madoguchi:event:{type_}:1"
    wrong = [] if event.get("dataschema") == named else [f"dataschema must be {named}"]
    return wrong + _against(type_, event.get("data"))


def _against(name: str, value: Any) -> list[str]:
    return [f"{name} {error.json_path}: {error.message[:300]}" for error in _validator(name).iter_errors(value)]


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())
