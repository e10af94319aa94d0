"""What an endpoint takes: parameters of its address, its query and its head, and its body."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, fields

from gateway.http.bodies import JSON
from gateway.openapi.endpoints import Endpoint
from gateway.openapi.schemas import Schemas

FROM_THE_EDGE = frozenset({"if_version", "changes"})
PAGED = frozenset({"limit", "cursor"})
DRAFT: dict[str, Any] = {
    "draft": {"type": "string", "description": "Send this draft; the move follows the mail."},
    "override": {"type": "boolean", "description": "Send although somebody else writes, or answered meanwhile."},
}


def parameters(endpoint: Endpoint, schema: Schema, schemas: Schemas) -> list[dict[str, Any]]:
    """All parameters, those that every endpoint knows by reference."""
    return [*_of_path(endpoint, schema, schemas), *_of_query(endpoint, schema, schemas), *_of_head(endpoint)]


def request_body(endpoint: Endpoint, schema: Schema, schemas: Schemas) -> dict[str, Any] | None:
    """The body, if it takes one."""
    if endpoint.route.media != JSON:
        binary = {"schema": {"type": "string", "contentMediaType": endpoint.route.media[0]}}
        return {"required": True, "content": {endpoint.route.media[0]: binary}}
    if "patch" in endpoint.takes:
        changes = schemas.component(_nested(schema.fields["changes"]))
        return {"required": True, "content": {media: {"schema": changes} for media in reversed(JSON)}}
    if not endpoint.takes.keys() & {"action", "body"}:
        return None
    return _plain_body(endpoint, schema, schemas)


def _nested(field: fields.Field) -> Schema:
    assert isinstance(field, fields.Nested)
    return field.schema


def _plain_body(endpoint: Endpoint, schema: Schema, schemas: Schemas) -> dict[str, Any] | None:
    body = schemas.inline(schema, leave_out=FROM_THE_EDGE | set(endpoint.path_names))
    if endpoint.sends_drafts:
        body["properties"] |= DRAFT
    if not body["properties"]:
        return None
    required = bool(body["required"])
    shown = {name: value for name, value in body.items() if name != "required" or required}
    return {"required": required, "content": {"application/json": {"schema": shown}}}


def _of_path(endpoint: Endpoint, schema: Schema, schemas: Schemas) -> Iterator[dict[str, Any]]:
    for name in endpoint.path_names:
        of = schemas.of_field(schema.fields[name]) if name in schema.fields else {"type": "string"}
        yield {"name": name, "in": "path", "required": True, "schema": of}


def _of_query(endpoint: Endpoint, schema: Schema, schemas: Schemas) -> Iterator[dict[str, Any]]:
    for edge in endpoint.takes.keys() & {"page", "filters", "query"}:
        hidden = {*endpoint.path_names, *(endpoint.takes[edge] if edge == "query" else ())}
        for name, field in schema.fields.items():
            shown = field.data_key or name
            if shown in PAGED:
                yield {"$ref": f"#/components/parameters/{shown}"}
            elif shown not in hidden:
                yield _parameter(shown, field, schemas)


def _parameter(name: str, field: fields.Field, schemas: Schemas) -> dict[str, Any]:
    alone = isinstance(field, fields.List) and getattr(field, "alone", False)
    of = schemas.of_field(field.inner if alone and isinstance(field, fields.List) else field)
    of = _without_null(of)
    found: dict[str, Any] = {"name": name, "in": "query", "required": field.required, "schema": of}
    return found | ({"style": "form", "explode": True} if of.get("type") == "array" else {})


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address cannot say null."""
    found = {name: value for name, value in schema.items() if name != "default" or value is not None}
    if isinstance(found.get("type"), list):
        found["type"] = next(each for each in found["type"] if each != "null")
    return found | ({"enum": [each for each in found["enum"] if each is not None]} if "enum" in found else {})


def _of_head(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    if endpoint.takes.keys() & {"patch", "version"}:
        yield {"$ref": "#/components/parameters/If-Match"}
    elif "action" in endpoint.takes:
        yield {"$ref": "#/components/parameters/If-Match-optional"}
    if endpoint.changes:
        yield {"$ref": "#/components/parameters/Idempotency-Key"}
    yield {"$ref": "#/components/parameters/X-Request-ID"}
