"""A consumer of an exchange that writes down what comes, in the order in which it comes."""

import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from amqp.exceptions import AMQPError
from kombu import Connection, Consumer, Exchange, Queue

from services.chassis import names
from services.chassis.ids import new_id


@dataclass(frozen=True)
class Delivery:
    """One message as it came."""

    body: bytes
    properties: dict[str, Any]
    routing_key: str

    @property
    def event(self) -> dict[str, Any]:
        """The CloudEvent."""
        return json.loads(self.body)


class Reader:
    """Reads a queue in a thread of its own; connects again for ever."""

    def __init__(self, amqp_uri: str, exchange: str, *, quorum: bool = True) -> None:
        self.queue = Queue(
            f"reader.{new_id()}",
            Exchange(exchange, "topic", durable=True),
            routing_key="#",
            queue_arguments=names.SUBSCRIPTION_ARGUMENTS if quorum else {},
        )
        self.deliveries: list[Delivery] = []
        self._amqp_uri = amqp_uri
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        with Connection(amqp_uri) as connection:
            self.queue(connection.default_channel).declare()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def events(self) -> list[dict[str, Any]]:
        """What came, repetitions included."""
        return [delivery.event for delivery in list(self.deliveries)]

    def first(self) -> dict[str, dict[str, Any]]:
        """What came, each event once, by id, in the order of the first deliveries."""
        found: dict[str, dict[str, Any]] = {}
        for event in self.events:
            found.setdefault(event["id"], event)
        return found

    def _run(self) -> None:
        while not self._stop.is_set():
            with Connection(self._amqp_uri) as connection, suppress(AMQPError, OSError):
                connection.connect()
                self._read(connection)

    def _read(self, connection: Connection) -> None:
        with Consumer(connection, [self.queue], on_message=self._take, accept=None, prefetch_count=500):
            while not self._stop.is_set():
                with suppress(TimeoutError):
                    connection.drain_events(timeout=0.2)

    def _take(self, message: Any) -> None:
        body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
        self.deliveries.append(Delivery(body, message.properties, message.delivery_info["routing_key"]))
        message.ack()
