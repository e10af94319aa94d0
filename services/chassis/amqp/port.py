"""A channel that comes back with every new connection of its link."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any, Protocol

from services.chassis.amqp import frames


@dataclass(frozen=True, slots=True)
class Publication:
    """One message on its way: property values are text, but `delivery_mode` (1 or 2) and `headers`."""

    exchange: str
    routing_key: str
    body: bytes
    properties: dict[str, Any] = field(default_factory=dict)


class Wire(Protocol):
    """What a port needs of its link."""

    frame_max: int

    def send(self, data: bytes, *, deadline: float = inf, epoch: int | None = None) -> None:
        """Queue frames; they are dropped at the deadline (monotonic seconds) or with the connection of `epoch`."""


class Port:
    """One channel of a link, under the same number on every connection; `purpose` is said when it cannot be opened.

    `opens(channel)` declares and consumes again, in the link's reader; `lost()` is told when the connection is gone.
    """

    def __init__(
        self, wire: Wire, number: int, purpose: str, opens: Callable[[Any], None], lost: Callable[[], None]
    ) -> None:
        self._wire = wire
        self.number = number
        self.purpose = purpose
        self._opens = opens
        self._lost = lost
        self._channel: Any = None
        self.epoch = 0  # the number of the connection that it is, or was last, open on

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, and the channel is ready on it."""
        return self._channel is not None

    def publish(self, publication: Publication, *, deadline: float = inf, epoch: int | None = None) -> None:
        """Queue a message. Raises Unavailable when too many wait already."""
        route = publication.exchange, publication.routing_key
        data = frames.publish(self.number, route, publication.properties, publication.body, self._wire.frame_max)
        self._wire.send(data, deadline=deadline, epoch=epoch)

    def ack(self, message: Any) -> None:
        """The message was dealt with; one of an earlier connection the broker has taken back already."""
        self._settle(message, frames.ack)

    def requeue(self, message: Any) -> None:
        """Somebody else shall deal with the message."""
        self._settle(message, frames.requeue)

    def cancel(self, consumer_tag: str) -> None:
        """Ask for no more messages; what is on its way still comes."""
        if self._channel is not None:
            self._wire.send(frames.cancel(self.number, consumer_tag), epoch=self.epoch)

    def open(self, connection: Any, epoch: int) -> None:
        """Be a channel of this new connection. Raises AMQPError or OSError."""
        channel = connection.channel(self.number)
        channel.auto_decode = False
        self.epoch = epoch
        self._opens(channel)
        self._channel = channel

    def close(self) -> None:
        """The connection is gone."""
        self._channel = None
        self._lost()

    def _settle(self, message: Any, how: Callable[[int, int], bytes]) -> None:
        if message.channel is self._channel:
            self._wire.send(how(self.number, message.delivery_info["delivery_tag"]), epoch=self.epoch)
