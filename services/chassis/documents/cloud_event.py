"""The envelope of every event as a JSON Schema: CloudEvents 1.0.2 with the sequence and tracing extensions."""

from typing import Any

from services.chassis.events import SCHEMA_MAJOR
from services.chassis.json_schema import DIALECT

NAME = "cloud-event"
INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$"
TRACEPARENT = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"

ATTRIBUTES: dict[str, dict[str, Any]] = {
    "specversion": {"const": "1.0"},
    "id": {"type": "string", "minLength": 1, "description": "A ULID; who has seen it drops the event."},
    "source": {"type": "string", "format": "uri-reference", "pattern": "^/madoguchi/[^/]+/[a-z]+$"},
    "type": {"type": "string", "pattern": "^[a-z]+\\.[a-z_]+$"},
    "subject": {"type": "string", "minLength": 1, "description": "The aggregate that the type's first word names."},
    "time": {"type": "string", "format": "date-time", "pattern": INSTANT},
    "datacontenttype": {"const": "application/json"},
    "dataschema": {"type": "string", "format": "uri", "pattern": "^urn:madoguchi:event:[a-z._]+:[0-9]+$"},
    "sequence": {
        "type": "string",
        "pattern": "^[0-9]{20}$",
        "description": "Rises by one for each event of a subject.",
    },
    "position": {"type": "string", "pattern": "^[0-9]+-[0-9]{20}$", "description": "The place in the service's log."},
    "correlationid": {"type": "string", "minLength": 1, "description": "The X-Request-ID of what began it all."},
    "causationid": {"type": "string", "minLength": 1, "description": "The event that this one follows from."},
    "traceparent": {"type": "string", "pattern": TRACEPARENT},
    "actor": {"type": "string", "minLength": 1, "description": "Kind and id, such as agent/alice."},
    "data": {"type": "object"},
}
OPTIONAL = frozenset({"causationid", "traceparent"})


def cloud_event_schema() -> dict[str, Any]:
    """The envelope; `data` has a schema of its own for each type."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:madoguchi:{NAME}:{SCHEMA_MAJOR}",
        "title": "CloudEvent",
        "description": "The envelope of every event (CloudEvents 1.0.2).",
        "type": "object",
        "properties": ATTRIBUTES,
        "required": [name for name in ATTRIBUTES if name not in OPTIONAL],
    }


def envelope_of(type: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the envelope says of one type; both by reference where the caller gives references."""
    return {
        "allOf": [{"$ref": f"./schemas/{NAME}.json"}],
        "properties": {
            "type": {"const": type},
            "dataschema": {"const": f"urn:madoguchi:event:{type}:{SCHEMA_MAJOR}"},
            "data": data,
        },
    }
