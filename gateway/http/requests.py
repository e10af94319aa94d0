"""A request as the routes see it: who calls, the fields of its body, its parameters, its conditions."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from werkzeug.wrappers import Request

from gateway.errors import UnknownFields
from gateway.http import conditions, queries
from gateway.http.json_text import read_object
from gateway.http.tracing import traceparent
from services.chassis.context import SYSTEM, Actor, Call

DEADLINE_SECONDS = 4.0  # a service that does not answer is 503 within five
NEVER_FIELDS = frozenset({"if_version", "changes"})


class HttpRequest(Request):
    """One request: `raw` is its body once read, `route` the address that it met, `replayed` what the answer was."""

    path_values: Mapping[str, str] = MappingProxyType({})
    route: str = "-"
    request_id: str = ""
    idempotency_key: str | None = None
    actor: Actor = SYSTEM
    raw: bytes = b""
    body_read: bool = False
    replayed: bool = False

    @cached_property
    def call(self) -> Call:
        """What travels on the bus; its deadline begins when it is first needed, with the whole body read."""
        return Call.begin(
            self.actor,
            seconds=DEADLINE_SECONDS,
            correlation_id=self.request_id,
            traceparent=traceparent(self.environ.get("HTTP_TRACEPARENT")),
            idempotency_key=self.idempotency_key,
            strict=True,
        )

    @property
    def declared_length(self) -> int | None:
        """The length that the client declared: 0 without a body, None for a body in chunks."""
        if "HTTP_TRANSFER_ENCODING" in self.environ:
            return None
        return int(self.environ.get("CONTENT_LENGTH") or 0)

    @property
    def unread(self) -> bool:
        """Whether something of the body is still on its way."""
        return not self.body_read and self.declared_length != 0

    @property
    def parameters(self) -> queries.Pairs:
        """The query's parameters in their order. Raises Malformed."""
        return queries.parameters(self.environ.get("QUERY_STRING", ""))

    def refuse_unknown(self, names: Iterable[str], *ours: str) -> None:
        """Raises UnknownFields for names that the path, a header or the route itself gives."""
        given = {*NEVER_FIELDS, *self.path_values, *ours}
        if wrong := [name for name in names if name in given]:
            raise UnknownFields(wrong)


def body(request: HttpRequest) -> dict[str, Any]:
    """The fields of the JSON body. Raises Malformed, Invalid."""
    fields = read_object(request.raw)
    request.refuse_unknown(fields)
    return fields


def action(request: HttpRequest) -> dict[str, Any]:
    """The fields of an action on something that has a version, with `if_version` if the client set that condition."""
    return body(request) | condition(request)


def condition(request: HttpRequest) -> dict[str, int]:
    """`if_version` alone, if the client set that condition."""
    return conditions.wanted_version(request.headers.get("If-Match"))


def version(request: HttpRequest) -> int:
    """The version that a change must be based on. Raises PreconditionRequired, Malformed."""
    return conditions.required_version(request.headers.get("If-Match"))


def patch(request: HttpRequest) -> dict[str, Any]:
    """`if_version` and `changes`, a merge patch (RFC 7396). Raises PreconditionRequired, Malformed, Invalid."""
    return {"if_version": version(request), "changes": read_object(request.raw)}


def query(request: HttpRequest, *ours: str) -> dict[str, Any]:
    """Each parameter as text, none of them `ours` to give. Raises Malformed, and Invalid where one comes twice."""
    values = queries.single(request.parameters)
    request.refuse_unknown(values, *ours)
    return values


def page(request: HttpRequest) -> dict[str, Any]:
    """The parameters of a list, each as text, `limit` as a number."""
    values = query(request)
    return values | {"limit": queries.limit(values.get("limit"))}


def filters(request: HttpRequest, *once: str) -> dict[str, Any]:
    """The parameters of a search: lists of text that mean any of, but for those that may come once."""
    names = {"limit", "cursor", *once}
    pairs = request.parameters
    values = queries.single([pair for pair in pairs if pair[0] in names])
    many = queries.repeated([pair for pair in pairs if pair[0] not in names])
    request.refuse_unknown(many)
    return {**many, **values, "limit": queries.limit(values.get("limit"))}
