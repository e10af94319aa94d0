"""One request as it came: who asks what, how often it came already, and where the answer goes."""

from functools import cached_property
from typing import Any

from services.chassis.context import DEFAULT_SECONDS, Call
from services.chassis.errors import Malformed
from services.chassis.rpc.wire import PARCEL_HEADER, Body, unpack


class Request:
    """A message on a service's queue."""

    def __init__(self, message: Any) -> None:
        properties = message.properties
        self.message = message
        self.headers: dict[str, Any] = message.headers or {}
        self.method: str = properties.get("type", "")
        self.reply_to: str | None = properties.get("reply_to")
        self.correlation_id: str | None = properties.get("correlation_id")
        self.parcel: str | None = self.headers.get(PARCEL_HEADER)

    @property
    def deliveries(self) -> int:
        """How often it was given to a consumer before, without having been dealt with."""
        return int(self.headers.get("x-delivery-count", 0))

    @cached_property
    def call(self) -> Call:
        """The call that it carries. Raises Malformed."""
        try:
            return Call.from_headers(self.headers)
        except (KeyError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise Malformed("The request's headers do not say who calls, and until when.") from error

    def seconds_left(self) -> float:
        """How long somebody waits for an answer; of what cannot be read, a short while."""
        try:
            return self.call.remaining()
        except Malformed:
            return DEFAULT_SECONDS

    def args(self, content: bytes | None = None) -> dict[str, Any]:
        """Its arguments, out of its body or of the parcel that was fetched for it. Raises Malformed."""
        body = self.message.body if content is None else content
        args = unpack(Body(body, self.message.properties.get("content_encoding")))
        if not isinstance(args, dict):
            raise Malformed("The arguments of a request are an object.")
        return args
