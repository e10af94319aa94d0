"""What an endpoint answers when all goes well."""

from http import HTTPStatus
from typing import Any

from gateway.openapi import by_hand
from gateway.openapi.endpoints import Endpoint
from gateway.openapi.schemas import Schemas
from services.chassis.commands import Answers
from services.chassis.schema import PageOf

ANY_FILE = "application/octet-stream"


def responses(endpoint: Endpoint, answers: Answers, schemas: Schemas) -> dict[str, Any]:
    """The good answers by status."""
    if endpoint.downloads:
        return {"200": _file()}
    if endpoint.route.method == "DELETE":
        return {"204": {"description": "Done.", "headers": _headers(endpoint, None)}}
    media, schema = _content(endpoint, answers, schemas)
    found = {
        str(int(endpoint.route.status)): {
            "description": f"{HTTPStatus(endpoint.route.status).phrase}.",
            "headers": _headers(endpoint, answers),
            "content": {media: {"schema": schema}},
        }
    }
    return found | ({"202": _sent(schema)} if endpoint.sends_drafts else {})


def _content(endpoint: Endpoint, answers: Answers, schemas: Schemas) -> tuple[str, dict[str, Any]]:
    media = by_hand.MEDIA.get(endpoint.name, "application/json")
    schema = by_hand.ANSWERS.get(endpoint.name)
    if schema is not None:
        return media, schema
    return media, {"type": "string"} if answers is None else schemas.answer(answers)


def _headers(endpoint: Endpoint, answers: Answers) -> dict[str, Any]:
    names = ["X-Request-ID"]
    if endpoint.changes:
        names.append("Idempotent-Replayed")
    if endpoint.route.created:
        names.append("Location")
    if isinstance(answers, PageOf):
        names.append("Link")
    elif answers is not None and "version" in answers().fields:
        names.append("ETag")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _sent(ticket: dict[str, Any]) -> dict[str, Any]:
    draft = {"$ref": "#/components/schemas/mail.Draft"}
    properties = {"draft": draft, "ticket": ticket}
    schema = {"type": "object", "properties": properties, "required": ["draft", "ticket"]}
    return {
        "description": "The draft that was named is being sent; the move follows the mail.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-ID", "Idempotent-Replayed")},
        "content": {"application/json": {"schema": schema}},
    }


def _file() -> dict[str, Any]:
    return {
        "description": "The bytes, to be kept and never to be shown in place.",
        "headers": {
            "X-Request-ID": {"$ref": "#/components/headers/X-Request-ID"},
            "Content-Disposition": {"schema": {"type": "string"}},
        },
        "content": {ANY_FILE: {"schema": {"type": "string", "contentMediaType": ANY_FILE}}},
    }
