"""What all operations share: parameters and headers of API.md's conventions, and who may come in."""

from typing import Any

from gateway.http.idempotency import KEY
from gateway.http.queries import DEFAULT_LIMIT, MAX_LIMIT

ETAG = '"7"'


def parameter(name: str, place: str, schema: dict[str, Any], description: str, *, required: bool = False) -> Any:
    """A parameter that many operations have."""
    return {"name": name, "in": place, "required": required, "schema": schema, "description": description}


def header(description: str, type_: str = "string") -> dict[str, Any]:
    """A header of answers."""
    return {"schema": {"type": type_}, "description": description}


TEXT = {"type": "string"}

PARAMETERS = {
    "limit": parameter(
        "limit",
        "query",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        "At most so many items.",
    ),
    "cursor": parameter("cursor", "query", TEXT, "`next` of the page before."),
    "If-Match": parameter(
        "If-Match", "header", TEXT, f"The ETag that the change is based on, such as {ETAG}.", required=True
    ),
    "If-Match-optional": parameter("If-Match", "header", TEXT, f"Only if the ETag is still this, such as {ETAG}."),
    "Idempotency-Key": parameter(
        "Idempotency-Key",
        "header",
        {"type": "string", "pattern": f"^{KEY.pattern}$"},
        "The same key with the same body answers the first result again; kept for at least 24 hours.",
    ),
    "X-Request-ID": parameter("X-Request-ID", "header", TEXT, "Taken, or made; it becomes the events' correlationid."),
}

HEADERS = {
    "ETag": header("The version of the resource, in quotes."),
    "Location": header("The address of what was made."),
    "Link": header('The next page, as `rel="next"`, where there is one.'),
    "Idempotent-Replayed": header("`true` where this is the first result of the same key again."),
    "X-Request-ID": header("The request's id, in every service's log."),
}

SECURITY = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "Claims: `sub`, `name`, `roles` (any of `agent`, `lead`, `admin`, `service`), `exp`.",
    }
}
