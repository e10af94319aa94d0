"""The consumer: takes events from a queue of its own on the public exchange, or from its stream."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from logging import getLogger
from time import monotonic
from typing import Any

from kombu import Connection, Exchange, Message, Queue, binding
from kombu import Consumer as Taker

from .event import Event, Undecodable
from .handling import GAP_SECONDS, Handler, Handling, Missing, Order
from .inbox import Inbox

PUBLIC_EXCHANGE = "madoguchi.events"
QUORUM = {"x-queue-type": "quorum"}
HEARTBEAT_SECONDS = 60
LOOK_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0

_log = getLogger(__name__)


class Consumer:
    """One queue and its handler, which calls `done(transaction)` within the transaction of its effect.

    `missing(event, after)` fetches the events of the event's subject behind the sequence `after`, for a strict
    consumer that has waited in vain. `stream_offset` reads a stream from there on ("first", "next", a number, a
    datetime); the stream is not declared, and bindings have no meaning then.
    """

    def __init__(
        self,
        amqp_uri: str,
        queue: str,
        bindings: Sequence[str],
        inbox: Inbox,
        handler: Handler,
        *,
        order: Order = Order.EACH,
        missing: Missing | None = None,
        gap_seconds: float = GAP_SECONDS,
        stream_offset: str | int | datetime | None = None,
        prefetch: int = 50,
    ) -> None:
        self._amqp_uri = amqp_uri
        self._name = queue
        self._bindings = bindings
        self._handling = Handling(inbox, handler, order, missing, gap_seconds)
        self._offset = stream_offset
        self._prefetch = prefetch
        self._stopped = threading.Event()

    def run(self) -> None:
        """Consume until `stop`; a broker or a database that is away is waited for."""
        pause = 0.0
        while not self._stopped.wait(pause):
            began = monotonic()
            try:
                with Connection(self._amqp_uri, heartbeat=HEARTBEAT_SECONDS) as connection:
                    self._consume(connection)
            except Exception as error:  # noqa: BLE001  # what was taken and not acknowledged comes again
                _log.warning("The consumer of %s waits: %s", self._name, error)
            steady = monotonic() - began > LONGEST_PAUSE_SECONDS
            pause = 0.1 if steady else min(pause * 2 + 0.1, LONGEST_PAUSE_SECONDS)

    def stop(self) -> None:
        """Finish the event under way, and leave `run`. Safe in a signal handler and from another thread."""
        self._stopped.set()

    def _consume(self, connection: Connection) -> None:
        channel = connection.channel()
        with Taker(channel, [self._queue()], on_message=self._take, prefetch_count=self._prefetch):
            look_at = monotonic()
            while not self._stopped.is_set():
                with suppress(TimeoutError):
                    connection.drain_events(timeout=LOOK_SECONDS)
                if monotonic() >= look_at:
                    self._handling.bring_back()
                    connection.heartbeat_check()
                    look_at = monotonic() + LOOK_SECONDS

    def _queue(self) -> Queue:
        if self._offset is not None:
            return Queue(self._name, no_declare=True, consumer_arguments={"x-stream-offset": self._offset})
        exchange = Exchange(PUBLIC_EXCHANGE, "topic", durable=True)
        bindings = [binding(exchange, routing_key=key) for key in self._bindings]
        return Queue(self._name, bindings=bindings, durable=True, queue_arguments=QUORUM)

    def _take(self, message: Message) -> None:
        if self._stopped.is_set():
            return
        try:
            self._handling.take(Event.read(_body(message)))
        except Undecodable as wrong:
            _log.error("A message of %s is no event, and is left out: %s", self._name, wrong)
        message.ack()
        if self._offset is not None:
            self._offset = message.headers["x-stream-offset"] + 1


def _body(message: Any) -> bytes | str:
    return message.body if isinstance(message.body, str) else bytes(message.body)
