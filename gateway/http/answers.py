"""Results as responses: entity tags, locations, links to the next page."""

import json
from http import HTTPStatus
from typing import Any

from werkzeug.wrappers import Response

from gateway.http.conditions import etag
from gateway.http.queries import next_link
from gateway.http.requests import HttpRequest

MEDIA_TYPE = "application/json"


def answer(request: HttpRequest, result: Any, *, status: int, location: str | None) -> Response:
    """The response for what a route returned: a resource, a page, nothing, or a response already."""
    if isinstance(result, Response):
        return result
    if result is None:
        return Response(status=HTTPStatus.NO_CONTENT)
    response = Response(encoded(result), status, content_type=MEDIA_TYPE)
    if tag := etag(result):
        response.headers["ETag"] = tag
    if location is not None:
        response.headers["Location"] = location.format_map(result)
    if isinstance(result, dict) and result.get("next") and "items" in result:
        response.headers["Link"] = next_link(request.path, request.parameters, result["next"])
    return response


def encoded(result: Any) -> bytes:
    """The result as JSON in UTF-8."""
    return json.dumps(result, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def accepted(result: Any) -> Response:
    """The answer that something was accepted, and is done later."""
    return Response(encoded(result), HTTPStatus.ACCEPTED, content_type=MEDIA_TYPE)
