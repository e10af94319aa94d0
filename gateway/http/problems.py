"""Faults as problem documents (RFC 9457): one table from the kind of a fault to its HTTP status."""

import json
from http import HTTPStatus
from typing import Any

from werkzeug.wrappers import Response

from services.chassis.errors import Fault, Internal

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "1"
IN_A_PATCH = "changes."  # where services find what the client sent as the body of a PATCH

STATUS = {
    "malformed": HTTPStatus.BAD_REQUEST,
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "forbidden": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "conflict": HTTPStatus.CONFLICT,
    "gone": HTTPStatus.GONE,
    "stale": HTTPStatus.PRECONDITION_FAILED,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "url_too_long": HTTPStatus.REQUEST_URI_TOO_LONG,
    "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "precondition_required": HTTPStatus.PRECONDITION_REQUIRED,
    "headers_too_large": HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "internal": HTTPStatus.INTERNAL_SERVER_ERROR,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}

TITLES = {
    HTTPStatus.PRECONDITION_FAILED: "It was changed meanwhile",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A rule is broken",
    HTTPStatus.CONFLICT: "Not possible in this state",
}

INTERNAL_DETAIL = "A service made a mistake. Its log says more under the X-Request-ID of this answer."


def status_of(fault: Fault) -> HTTPStatus:
    """The status of this kind of fault; what nobody knows is our own mistake."""
    return STATUS.get(fault.kind, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(fault: Fault) -> dict[str, Any]:
    """The members of the problem; facts are extensions and never replace what the standard names."""
    status = status_of(fault)
    document = {
        **fault.facts,
        "type": f"urn:madoguchi:problem:{fault.code}",
        "title": TITLES.get(status, status.phrase),
        "status": int(status),
        "detail": INTERNAL_DETAIL if status is HTTPStatus.INTERNAL_SERVER_ERROR else fault.detail,
        "code": fault.code,
    }
    if fault.errors:
        document["errors"] = {name.removeprefix(IN_A_PATCH): reasons for name, reasons in fault.errors.items()}
    current = getattr(fault, "current", None)
    return document if current is None else {**document, "current": current}


def headers(fault: Fault) -> dict[str, str]:
    """What the status demands besides the document."""
    match fault.kind:
        case "unauthenticated":
            return {"WWW-Authenticate": 'Bearer realm="madoguchi", error="invalid_token"'}
        case "method_not_allowed":
            return {"Allow": ", ".join(fault.facts["allow"])}
        case "unavailable":
            return {"Retry-After": RETRY_AFTER_SECONDS}
    return {}


def document(fault: Fault) -> bytes:
    """The problem as it goes over the wire."""
    return json.dumps(problem(fault), ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def refusal(error: BaseException) -> Response:
    """The answer to a request that failed; an error that is no fault says nothing about itself."""
    fault = error if isinstance(error, Fault) else Internal()
    return Response(document(fault), status_of(fault), headers(fault), content_type=MEDIA_TYPE)
