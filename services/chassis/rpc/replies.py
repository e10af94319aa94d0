"""How answers leave: on a connection of their own, and so that a lost one is never fatal."""

from collections.abc import Callable
from dataclasses import dataclass
from logging import getLogger
from time import monotonic
from typing import Any, Self

from pymongo.errors import PyMongoError

from services.chassis import metrics
from services.chassis.amqp import Link, Publication
from services.chassis.errors import Fault, Internal, Unavailable
from services.chassis.idempotency import Replayed
from services.chassis.rpc.parcels import MOST_BYTES as PARCEL_BYTES
from services.chassis.rpc.parcels import Parcels
from services.chassis.rpc.request import Request
from services.chassis.rpc.wire import CONTENT_TYPE, PARCEL_HEADER, REPLAYED_HEADER, Body, pack

_log = getLogger(__name__)
_lost = metrics.counter("rpc_replies_lost", "Answers that could not leave; their callers see their deadline.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came out of a request: a result or a fault."""

    result: Any = None
    replayed: bool = False
    fault: Fault | None = None

    @classmethod
    def of(cls, result: Any) -> Self:
        """The reply of what a method returned."""
        return cls(result.result, replayed=True) if isinstance(result, Replayed) else cls(result)

    @property
    def outcome(self) -> str:
        """One word for it."""
        return "ok" if self.fault is None else self.fault.kind

    def body(self) -> Body:
        """The reply as it crosses the bus. Raises TypeError or ValueError where the result is no plain JSON."""
        return pack({"result": self.result} if self.fault is None else {"error": self.fault.to_wire()})


class Replies:
    """Sends answers over a link."""

    def __init__(self, link: Link, parcels: Callable[[], Parcels]) -> None:
        self.link = link
        self._port = link.port(lambda channel: None, purpose="the channel for answers")
        self._parcels = parcels

    def send(self, request: Request, reply: Reply) -> None:
        """Answer the request, unless nobody wants an answer or waits any more."""
        if request.reply_to is None:
            return
        try:
            publication = self._publication(request, request.reply_to, reply)
            self._port.publish(publication, deadline=monotonic() + request.seconds_left())
        except (Unavailable, PyMongoError) as error:
            _lost.inc()
            _log.warning("The answer of %s is lost: %s", request.method, error)

    def _publication(self, request: Request, reply_to: str, reply: Reply) -> Publication:
        body, headers = self._body(request, reply), {REPLAYED_HEADER: "1"} if reply.replayed else {}
        content = body.content
        if body.too_large:
            headers[PARCEL_HEADER] = self._parcels().put(content)
            content = b""
        properties = {
            "content_type": CONTENT_TYPE,
            "content_encoding": body.encoding,
            "correlation_id": request.correlation_id,
            "headers": headers or None,
        }
        return Publication("", reply_to, content, properties)

    def _body(self, request: Request, reply: Reply) -> Body:
        try:
            body = reply.body()
        except (TypeError, ValueError):
            _log.exception("What %s answers is no plain JSON.", request.method)
            return Reply(fault=Internal("The service made a mistake.")).body()
        if len(body.content) > PARCEL_BYTES:
            _log.error("What %s answers is too much for any parcel.", request.method)
            return Reply(fault=Internal("The answer is too large.")).body()
        return body
