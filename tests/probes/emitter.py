"""Events as a relay sends them, straight to the exchange of a source that is not there."""

import json
from typing import Any

import amqp
from amqp.exceptions import NotFound
from kombu import Connection

from services.chassis.ids import new_id
from services.chassis.names import EVENT_CONTENT_TYPE, events_exchange, subscription_queue


class Emitter:
    """Publishes in the name of one source, and looks at the queue of one consumer."""

    def __init__(self, amqp_uri: str, source: str, consumer: str) -> None:
        self._connection = Connection(amqp_uri)
        self._exchange = events_exchange(source)
        self._queue = subscription_queue(consumer, source)

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    def raised(self, counter: str, sequence: int, **changes: Any) -> str:
        """Publish that a counter was raised to its sequence; answers the event's id."""
        return self.publish("counter.raised", counter, sequence, value=changes.pop("value", sequence), **changes)

    def publish(self, type: str, subject: str, sequence: int, *, id: str | None = None, **data: Any) -> str:
        """Publish an event; answers its id."""
        event = {
            "specversion": "1.0",
            "id": id or new_id(),
            "type": type,
            "subject": subject,
            "time": "2026-11-22T01:02:05.630Z",
            "sequence": f"{sequence:020d}",
            "correlationid": "c",
            "actor": "agent/alice",
            "data": {"counter": subject, **data},
        }
        self.send(json.dumps(event), type)
        return str(event["id"])

    def send(self, body: str, type: str = "counter.raised", **headers: Any) -> None:
        """Publish any body."""
        message = amqp.Message(body, content_type=EVENT_CONTENT_TYPE, delivery_mode=2, application_headers=headers)
        self._connection.default_channel.basic_publish(message, self._exchange, type)

    def waiting(self) -> int:
        """How many messages nobody took yet."""
        return int(self._looked_at().message_count)

    def heard(self) -> bool:
        """Whether anybody consumes, so that nothing published from now on is lost."""
        try:
            return bool(self._looked_at().consumer_count)
        except NotFound:
            return False

    def _looked_at(self) -> Any:
        with self._connection.channel() as channel:
            return channel.queue_declare(self._queue, passive=True)
