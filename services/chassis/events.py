"""Events: facts in the past tense, stored with the change that made them, on the wire as CloudEvents 1.0."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from inspect import getdoc
from types import ModuleType
from typing import Any, ClassVar

from services.chassis.errors import NotFound
from services.chassis.instants import instant_text, span_text
from services.chassis.json_schema import DIALECT, schema_of

SCHEMA_MAJOR = 1


@dataclass(frozen=True, kw_only=True)
class Event:
    """The base of every event; the fields of a subclass are its `data`.

    `changed` is {field: [before, after]}; `personal` holds free text and contact data, and nothing else does.
    """

    type: ClassVar[str]
    example: ClassVar[Mapping[str, Any]]
    deepens: ClassVar[bool] = False

    subject: str
    changed: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """The JSON-able `data`, still without its cascade depth."""
        return {each.name: plain(getattr(self, each.name)) for each in fields(self) if each.name != "subject"}

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema (2020-12) of `data`; further members are welcome, since consumers ignore them."""
        schema = schema_of(cls, leave_out=("subject",))
        schema["properties"]["cascade"] = {"type": "integer", "minimum": 0}
        named = {"$schema": DIALECT, "$id": f"urn:madoguchi:event:{cls.type}:{SCHEMA_MAJOR}", "title": cls.type}
        return named | {"description": getdoc(cls) or ""} | schema


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, timedelta):
        return span_text(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def declared(module: ModuleType) -> Iterator[type[Event]]:
    """The events that a module declares; what is only a base of others has no type."""
    for item in vars(module).values():
        is_event = isinstance(item, type) and issubclass(item, Event) and hasattr(item, "type")
        if is_event and item.__module__.startswith(module.__name__):
            yield item


def schema_of_type(type: str, major: int = SCHEMA_MAJOR) -> dict[str, Any]:
    """The JSON Schema of a type that this process knows. Raises NotFound."""
    known = [Event]
    while known:
        event = known.pop()
        if vars(event).get("type") == type and major == SCHEMA_MAJOR:
            return event.json_schema()
        known += event.__subclasses__()
    raise NotFound(f"There is no event {type} with a schema of major version {major}.")


def source_of(installation: str, service: str) -> str:
    """The CloudEvents source of a service."""
    return f"/madoguchi/{installation}/{service}"


def position_text(epoch: int, position: int) -> str:
    """A position in a service's log, as the envelope and the cursors have it."""
    return f"{epoch}-{position:020d}"


def envelope(row: Mapping[str, Any], *, source: str, epoch: int) -> dict[str, Any]:
    """The CloudEvent of a row of the event log (CloudEvents 1.0.2, with the sequence extension)."""
    cloud_event = {
        "specversion": "1.0",
        "id": row["_id"],
        "source": source,
        "type": row["type"],
        "subject": row["subject"],
        "time": instant_text(row["time"]),
        "datacontenttype": "application/json",
        "dataschema": f"urn:madoguchi:event:{row['type']}:{SCHEMA_MAJOR}",
        "sequence": f"{row['sequence']:020d}",
        "position": position_text(epoch, row["position"]),
        "correlationid": row["correlationid"],
        "causationid": row.get("causationid"),
        "traceparent": row.get("traceparent"),
        "actor": row["actor"],
        "data": row["data"],
    }
    return {name: value for name, value in cloud_event.items() if value is not None}
