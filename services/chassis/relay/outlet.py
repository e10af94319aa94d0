"""The relay's way to one exchange: a link of its own, on which every publish is confirmed, many at a time."""

from collections.abc import Callable, Sequence
from typing import Any, Self

from services.chassis import names
from services.chassis.amqp import Confirms, Link, Publication
from services.chassis.amqp.confirms import Refused
from services.chassis.errors import Unavailable
from services.chassis.relay.order import Message

READY_SECONDS = 5.0


class Outlet:
    """One exchange, declared anew with every connection. Not for more than one thread.

    Events are routed by their type, or all to one `queue` by the exchange without a name.
    """

    def __init__(
        self, amqp_uri: str, exchange: str, *, name: str, declare: Callable[[Any], None], queue: str | None = None
    ) -> None:
        self._exchange = exchange
        self._queue = queue
        self._link = Link(amqp_uri, name)
        self._link.port(declare, purpose=f"the queue {queue}" if queue else f"the exchange {exchange} and its queues")
        self._confirms = Confirms(self._link)

    def __enter__(self) -> Self:
        """Connect. Raises Unavailable."""
        self._link.start()
        if not self._link.wait_ready(READY_SECONDS):
            reason = self._link.state()
            self._link.close(0)
            raise Unavailable(f"The broker cannot be reached: {reason}.")
        return self

    def __exit__(self, *_: object) -> None:
        self._link.close()

    def state(self) -> str | None:
        """Why nothing can be published now, or None when it can."""
        return self._link.state()

    def publish(self, messages: Sequence[Message]) -> set[int]:
        """Publish them and await every confirm; the places of those that were refused. Raises Unavailable."""
        try:
            self._confirms.publish_batch([self._publication(message) for message in messages])
        except Refused as refused:
            return set(refused.places)
        return set()

    def _publication(self, message: Message) -> Publication:
        properties = {
            "content_type": names.EVENT_CONTENT_TYPE,
            "delivery_mode": 2,
            "message_id": message.id,
            "type": message.type,
        }
        return Publication(self._exchange, self._queue or message.type, message.body, properties)
