"""The asking side: one channel for all calls, each with its own deadline."""

from collections.abc import Mapping
from itertools import count
from time import monotonic
from typing import Any

from services.chassis import metrics
from services.chassis.amqp import Link, Publication
from services.chassis.amqp.latch import Latch
from services.chassis.context import Call
from services.chassis.errors import Unavailable, from_wire
from services.chassis.names import rpc_queue
from services.chassis.rpc.parcels import RemoteParcels
from services.chassis.rpc.wire import CONTENT_TYPE, PARCEL_HEADER, REPLAYED_HEADER, Body, pack, unpack
from services.chassis.store.unit import transaction_open

DIRECT_REPLY = "amq.rabbitmq.reply-to"
PENDING_LIMIT = 200

_seconds = metrics.histogram("rpc_call_seconds", "Calls to other services.", ["service", "method"])
_unanswered = metrics.counter("rpc_unanswered", "Calls that got no answer in time.", ["service"])
_refused = metrics.counter("rpc_refused", "Calls refused at once, since too many waited for the broker.", ["service"])
_late = metrics.counter("rpc_late", "Answers that came when nobody waited any more.")


class _Pending:
    """A call that waits for its answer."""

    __slots__ = ("answer", "answered", "body", "epoch", "properties", "queue", "until")

    def __init__(self, queue: str, properties: dict[str, Any], body: bytes, until: float) -> None:
        self.queue = queue
        self.properties = properties
        self.body = body
        self.until = until
        self.epoch = 0
        self.answered = Latch()
        self.answer: Any = None

    def remaining(self) -> float:
        return self.until - monotonic()


class Client:
    """Calls services by name; `start` it once. All threads may share it.

    A call outlives the connection: it is sent again on the next one while its deadline lasts, since a command is
    idempotent and a query harmless.
    """

    def __init__(self, amqp_uri: str, name: str = "rpc client", urls: Mapping[str, str] | None = None) -> None:
        self._link = Link(amqp_uri, name)
        self._port = self._link.port(self._open, purpose="the channel for replies")
        self._parcels = RemoteParcels(urls or {})
        self._numbers = count(1)
        self._pending: dict[str, _Pending] = {}
        self.start = self._link.start
        self.close = self._link.close
        self.state = self._link.state
        self.wait_ready = self._link.wait_ready

    def call(self, service: str, method: str, args: dict[str, Any], call: Call) -> tuple[Any, bool]:
        """The result, and whether it is an earlier one, replayed for the same idempotency key.

        Raises the Fault that the service answers, and Unavailable when it does not answer before the deadline.
        """
        if transaction_open():
            raise RuntimeError(f"{service}.{method} was asked inside a transaction, which may run again.")
        number, pending = str(next(self._numbers)), self._prepared(service, method, args, call)
        pending.properties["correlation_id"] = number
        self._pending[number] = pending
        started = monotonic()
        try:
            answer = self._answer(service, pending)
        finally:
            self._pending.pop(number, None)
            _seconds.labels(service, method).observe(monotonic() - started)
        return self._read(service, answer, pending)

    def _prepared(self, service: str, method: str, args: dict[str, Any], call: Call) -> _Pending:
        remaining, body, headers = call.remaining(), pack(args), call.to_headers()
        content = body.content
        if body.too_large:
            headers[PARCEL_HEADER] = self._parcels.put(service, content, remaining)
            content = b""
        properties = {
            "content_type": CONTENT_TYPE,
            "content_encoding": body.encoding,
            "headers": headers,
            "reply_to": DIRECT_REPLY,
            "type": method,
        }
        return _Pending(rpc_queue(service), properties, content, monotonic() + remaining)

    def _answer(self, service: str, pending: _Pending) -> Any:
        if len(self._pending) > PENDING_LIMIT and self._link.stuck:
            _refused.labels(service).inc()
            raise Unavailable("The broker takes nothing now, and too many calls wait already.")
        self._send(pending)
        if not pending.answered.wait(pending.remaining()):
            _unanswered.labels(service).inc()
            raise Unavailable(f"{service} does not answer in time{self._because()}.")
        return pending.answer

    def _send(self, pending: _Pending) -> None:
        milliseconds, epoch = int(pending.remaining() * 1000), self._port.epoch
        if milliseconds <= 0 or pending.epoch == epoch:
            return
        pending.epoch = epoch
        pending.properties["expiration"] = str(milliseconds)
        publication = Publication("", pending.queue, pending.body, pending.properties)
        self._port.publish(publication, deadline=pending.until, epoch=epoch)

    def _because(self) -> str:
        reason = self._link.state()
        return f": {reason}" if reason else ""

    def _read(self, service: str, message: Any, pending: _Pending) -> tuple[Any, bool]:
        headers = message.headers or {}
        content, parcel = message.body, headers.get(PARCEL_HEADER)
        if parcel is not None:
            content = self._parcels.get(service, parcel, pending.remaining())
        answer = unpack(Body(content, message.properties.get("content_encoding")))
        if "error" in answer:
            raise from_wire(answer["error"])
        return answer["result"], REPLAYED_HEADER in headers

    def _open(self, channel: Any) -> None:
        channel.basic_consume(DIRECT_REPLY, no_ack=True, callback=self._receive)
        for pending in list(self._pending.values()):
            self._send(pending)

    def _receive(self, message: Any) -> None:
        pending = self._pending.pop(message.properties.get("correlation_id"), None)
        if pending is None:
            _late.inc()
            return
        pending.answer = message
        pending.answered.set()
