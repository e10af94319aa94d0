"""The problem responses (RFC 9457) that every document needs, and which of them an endpoint may answer."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

from gateway.http.bodies import JSON
from gateway.http.problems import MEDIA_TYPE, STATUS, TITLES
from gateway.openapi.endpoints import Endpoint

CLOSED = ("unauthenticated", "forbidden")
WITH_BODY = ("too_large", "unsupported_media_type", "invalid")

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem document (RFC 9457); `code` is a stable word, further members are facts for machines.",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "examples": ["invalid"]},
        "errors": {
            "type": "object",
            "description": "For 422: {field: [reasons]}.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "current": {"type": "object", "description": "For 412: the whole resource as it is now."},
    },
    "required": ["type", "title", "status", "detail", "code"],
}

HEADERS: dict[str, dict[str, Any]] = {
    "unauthenticated": {"WWW-Authenticate": {"schema": {"type": "string"}}},
    "unavailable": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}},
}


def kinds(endpoint: Endpoint) -> Iterator[str]:
    """The kinds of faults that an endpoint may answer."""
    takes = endpoint.takes.keys()
    yield from ("malformed", "unavailable", "internal")
    if not endpoint.route.public:
        yield from CLOSED
    if endpoint.path_names:
        yield "not_found"
    if endpoint.route.media != JSON or takes & {"action", "body", "patch"}:
        yield from WITH_BODY
    elif takes & {"filters", "page", "query"}:
        yield "invalid"
    if takes & {"patch", "version"}:
        yield "precondition_required"
    if takes & {"action", "patch", "version"}:
        yield "stale"
    if endpoint.changes:
        yield "conflict"


def problem_responses(kinds: Iterable[str]) -> dict[str, Any]:
    """References to the responses, by status."""
    return {str(int(STATUS[kind])): {"$ref": f"#/components/responses/{kind}"} for kind in kinds}


def problem_components() -> dict[str, Any]:
    """Every problem response by the kind of its fault."""
    return {kind: _response(kind, status) for kind, status in STATUS.items()}


def _response(kind: str, status: HTTPStatus) -> dict[str, Any]:
    return {
        "description": f"{TITLES.get(status, status.phrase)}.",
        "headers": {"X-Request-ID": {"$ref": "#/components/headers/X-Request-ID"}, **HEADERS.get(kind, {})},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
