"""The answering side: requests from the service's queue become workers, and their results replies."""

import sys
from collections.abc import Callable
from functools import partial
from logging import getLogger
from time import monotonic
from typing import Any

from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, SharedExtension
from pymongo.errors import PyMongoError

from services.chassis import metrics
from services.chassis.amqp import Link
from services.chassis.errors import Fault, Internal, Invalid, Unavailable
from services.chassis.health import OK, Checks, results
from services.chassis.names import RPC_ARGUMENTS, rpc_queue
from services.chassis.own_database import OwnDatabase
from services.chassis.rpc.parcels import Parcels
from services.chassis.rpc.replies import Replies, Reply
from services.chassis.rpc.request import Request
from services.chassis.settings import settings
from services.chassis.store.unit import as_fault

CONSUMER_TAG = "requests"
PING = "ping"
MOST_DELIVERIES: int = RPC_ARGUMENTS["x-delivery-limit"]

_log = getLogger(__name__)
_seconds = metrics.histogram("rpc_served_seconds", "Requests from their arrival to their answer.", ["method"])
_outcomes = metrics.counter("rpc_served", "Requests by what came out.", ["method", "outcome"])


class UnknownMethod(Invalid):
    """The service offers nothing of that name."""

    code = "unknown_method"


class RpcServer(SharedExtension):
    """Serves all methods of a service from one quorum queue.

    Requests are acked on one connection and answered on another, so that a broker that takes no messages does not
    keep the acks back. What came too late, or came so often that it must be what kills its server, is not run.
    """

    own = OwnDatabase()

    def __init__(self) -> None:
        self._entrypoints: dict[str, Entrypoint] = {}
        self._draining = False

    def offer(self, entrypoint: Entrypoint) -> None:
        """Serve this method too."""
        self._entrypoints[entrypoint.method_name] = entrypoint

    def setup(self) -> None:
        """Prepare both connections."""
        service = self.container.service_name
        self._queue = rpc_queue(service)
        self._requests = Link(settings().amqp_uri, f"{service} requests")
        self._port = self._requests.port(self._consume, purpose=f"queue {self._queue}")
        self._replies = Replies(Link(settings().amqp_uri, f"{service} replies"), lambda: Parcels(self.own.database))

    def start(self) -> None:
        """Begin to serve as soon as the broker is there."""
        self._replies.link.start()
        self._requests.start()

    def drain(self) -> None:
        """Take no more requests."""
        if not self._draining:
            self._draining = True
            self._port.cancel(CONSUMER_TAG)

    def stop(self) -> None:
        """Let the last answers and acks out, and only then leave. All workers have ended."""
        self._replies.link.close()
        self._requests.close()

    def checks(self) -> Checks:
        """What must be well for requests to be served."""
        return {"requests": self._requests.state, "replies": self._replies.link.state}

    def _consume(self, channel: Any) -> None:
        channel.queue_declare(self._queue, durable=True, auto_delete=False, arguments=RPC_ARGUMENTS)
        channel.basic_qos(0, settings().prefetch, False)
        if not self._draining:
            channel.basic_consume(self._queue, consumer_tag=CONSUMER_TAG, callback=self._receive)

    def _receive(self, message: Any) -> None:
        if self._draining:
            self._port.requeue(message)
        else:
            request = Request(message)
            self._guarded(request, partial(self._take_up, request))

    def _take_up(self, request: Request) -> None:
        if request.call.expired:
            self._close(request, "expired")
        elif request.deliveries >= MOST_DELIVERIES:
            _log.error("%s came %d times and is given up: it may kill its server.", request.method, request.deliveries)
            raise Unavailable("This request was given up after several attempts.")
        elif request.parcel is not None:
            self._aside(request, lambda: self._run(request, Parcels(self.own.database).get(str(request.parcel))))
        elif request.method == PING:
            self._aside(request, lambda: self._finish(request, monotonic(), self._pong()))
        else:
            self._run(request)

    def _run(self, request: Request, content: bytes | None = None) -> None:
        entrypoint = self._entrypoints.get(request.method)
        if entrypoint is None:
            raise UnknownMethod(f"{self.container.service_name} offers no {request.method}.")
        ended = partial(self._ended, request, monotonic())
        try:
            self.container.spawn_worker(entrypoint, (), request.args(content), {"call": request.call}, ended)
        except ContainerBeingKilled:
            self._port.requeue(request.message)

    def _aside(self, request: Request, work: Callable[[], None]) -> None:
        """Do what takes time beside the one thread that reads."""
        self.container.spawn_managed_thread(partial(self._guarded, request, work), identifier=request.method)

    def _guarded(self, request: Request, work: Callable[[], None]) -> None:
        """Whatever goes wrong is the answer, and kills nobody."""
        try:
            work()
        except Exception:  # noqa: BLE001  # the fault is logged where it is made of it
            self._finish(request, monotonic(), Reply(fault=self._fault(request, sys.exc_info())))

    def _pong(self) -> Reply:
        found = results(self.container.checks())
        wrong = [f"{name}: {result}" for name, result in found.items() if result != OK]
        return Reply(fault=Unavailable("; ".join(wrong))) if wrong else Reply(OK)

    def _ended(self, request: Request, began: float, _: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        if exc_info is None:
            self._finish(request, began, Reply.of(result))
        else:
            self._finish(request, began, Reply(fault=self._fault(request, exc_info)))
        return result, exc_info

    def _fault(self, request: Request, exc_info: Any) -> Fault:
        error = exc_info[1]
        if isinstance(error, PyMongoError):
            error = as_fault(error)
        if isinstance(error, Fault):
            return error
        _log.error("%s failed.", request.method, exc_info=exc_info)
        return Internal("The service made a mistake.")

    def _finish(self, request: Request, began: float, reply: Reply) -> None:
        _seconds.labels(self._label(request)).observe(monotonic() - began)
        self._replies.send(request, reply)
        self._close(request, reply.outcome)

    def _close(self, request: Request, outcome: str) -> None:
        _outcomes.labels(self._label(request), outcome).inc()
        self._port.ack(request.message)

    def _label(self, request: Request) -> str:
        return request.method if request.method in self._entrypoints else "unknown"
