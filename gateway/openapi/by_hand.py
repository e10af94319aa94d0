"""Endpoints that ask no one service for one thing, and so are described here."""

from typing import Any

from gateway.remote import SERVICES

CLOUD_EVENT: dict[str, Any] = {
    "type": "object",
    "description": "A CloudEvent 1.0; docs/events.md has every type, /v1/events/schemas/{type} its schema.",
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string"},
        "source": {"type": "string", "format": "uri-reference"},
        "type": {"type": "string"},
        "subject": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "sequence": {"type": "string"},
        "position": {"type": "string"},
        "data": {"type": "object"},
    },
    "required": ["specversion", "id", "source", "type", "subject", "time", "sequence", "position", "data"],
}
TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
COUNT = {"type": "object", "properties": {"count": {"type": "integer"}, "more": {"type": "boolean"}}}
CHECKS = {"type": "object", "additionalProperties": TEXT, "description": "`ok` or the reason why not, by name."}
RECIPIENTS = {"type": "array", "items": {"$ref": "#/components/schemas/mail.Address"}}

ASKS = {"list_events": ("tickets", "list_events")}
"""Endpoints that ask a service named by the client; every one offers it."""

PARAMETERS = {
    "list_events": [
        {"name": "service", "in": "query", "required": True, "schema": {"type": "string", "enum": SERVICES}}
    ],
    "get_event_schema": [
        {"name": "major", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 1, "default": 1}}
    ],
}

KINDS: dict[str, tuple[str, ...]] = {
    "list_events": ("gone",),
    "open_session": ("not_found",),  # an agent whom presence does not know yet
    "set_state": ("not_found",),
}

ANSWERS: dict[str, dict[str, Any]] = {
    "list_events": {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/CloudEvent"}},
            "next": MAYBE | {"description": "The position to go on from."},
        },
        "required": ["items", "next"],
    },
    "get_event_schema": {"type": "object", "description": "A JSON Schema (2020-12)."},
    "count_views": {"type": "object", "additionalProperties": COUNT, "description": "The caller's views by name."},
    "preview_draft": {
        "type": "object",
        "description": "The mail as the customer will get it.",
        "properties": {
            "subject": TEXT,
            "text": TEXT,
            "html": MAYBE,
            "to": RECIPIENTS,
            "cc": RECIPIENTS,
            "prohibited": {"type": "array", "items": {"type": "object"}},
            "warnings": {"type": "array", "items": TEXT},
        },
    },
    "get_message": {
        "allOf": [{"$ref": "#/components/schemas/mail.Parsed"}],
        "description": "A kept mail: what was read of it, where it belongs, and whether it left.",
        "properties": {
            "id": TEXT,
            "ticket": MAYBE,
            "direction": TEXT,
            "related_to": MAYBE,
            "matched_by": MAYBE,
            "flags": {"type": "array", "items": TEXT},
            "deliveries": {"type": "array", "items": {"$ref": "#/components/schemas/mail.Delivery"}},
            "at": {"type": "string", "format": "date-time"},
        },
        "required": ["id", "deliveries"],
    },
    "healthz": {"type": "object", "properties": {"status": {"const": "ok"}}},
    "readyz": {"type": "object", "properties": {"ready": {"type": "boolean"}, "checks": CHECKS}},
    "get_openapi": {"type": "object", "description": "This document."},
}

MEDIA = {
    "metrics": "text/plain",
    "show_docs": "text/html",
    "get_docs_file": "text/*",
    "get_event_schema": "application/schema+json",
}

RESPONSES: dict[str, dict[str, Any]] = {
    "readyz": {
        "503": {
            "description": "Something that it needs does not answer.",
            "content": {"application/json": {"schema": ANSWERS["readyz"]}},
        }
    },
}
