"""The relay's way to the broker: one connection whose publishes are all confirmed, many at a time."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

import amqp
from amqp.exceptions import AMQPError
from kombu import Connection

from services.chassis import crash, names
from services.chassis.errors import Unavailable
from services.chassis.relay.order import Message

CONNECT_SECONDS = 5.0
CONFIRM_SECONDS = 15.0
HEARTBEAT_SECONDS = 20
LOOK_SECONDS = 1.0
BROKER_AWAY = (AMQPError, OSError)


class Outlet:
    """One exchange of the broker, reached over a connection of its own. Not for more than one thread."""

    def __init__(self, amqp_uri: str, exchange: str, *, name: str) -> None:
        self._exchange = exchange
        self._broker = Connection(
            amqp_uri,
            heartbeat=HEARTBEAT_SECONDS,
            connect_timeout=CONNECT_SECONDS,
            transport_options={
                "client_properties": {"connection_name": name},
                "write_timeout": CONFIRM_SECONDS,
                "on_blocked": lambda _: self._block(True),
                "on_unblocked": lambda: self._block(False),
            },
        )
        self.blocked = False
        self._awaited: dict[int, Message] = {}
        self._refused: list[Message] = []
        self._tag = 0

    def open(self, declare: Callable[[Connection], None]) -> None:
        """Connect anew, and declare. Raises Unavailable, and what `declare` raises besides."""
        self.close()
        try:
            self._broker.ensure_connection(max_retries=1, interval_start=0)
            declare(self._broker)
            self._channel: amqp.Channel = self._broker.channel()
            self._channel.confirm_select()
        except BROKER_AWAY as error:
            raise Unavailable(f"The broker cannot be reached: {error}") from error
        self._channel.events["basic_ack"].add(self._acked)
        self._channel.events["basic_nack"].add(self._nacked)

    def close(self) -> None:
        """Leave, whatever state the connection is in."""
        self._broker.collect()  # a polite goodbye would wait for ever for a broker that is blocked or gone
        self._awaited.clear()
        self._tag = 0
        self.blocked = False

    def publish(self, messages: Sequence[Message], while_: Callable[[], bool]) -> list[Message]:
        """Publish them and await every confirm, as long as `while_` says; those that the broker refused.

        A broker that blocks its publishers is waited for. Raises Unavailable when it is away or too slow.
        """
        self._refused = []
        try:
            for message in messages:
                self._send(message)
            crash.point("relay_while_publishing")
            self._await(while_)
        except BROKER_AWAY as error:
            raise Unavailable(f"The broker went away: {error}") from error
        return self._refused

    def rest(self) -> None:
        """Keep the idle connection alive. Raises Unavailable when it is not."""
        try:
            self._drain(0)
            self._broker.heartbeat_check()
        except BROKER_AWAY as error:
            raise Unavailable(f"The broker went away: {error}") from error

    def _send(self, message: Message) -> None:
        content = amqp.Message(
            message.body,
            content_type=names.EVENT_CONTENT_TYPE,
            delivery_mode=2,
            message_id=message.id,
            type=message.type,
        )
        self._tag += 1
        self._awaited[self._tag] = message
        self._channel.basic_publish(content, self._exchange, message.type)

    def _await(self, while_: Callable[[], bool]) -> None:
        deadline = monotonic() + CONFIRM_SECONDS
        while self._awaited:
            if not while_():
                raise Unavailable("The relay leaves before the broker has confirmed.")
            if self.blocked:
                deadline = monotonic() + CONFIRM_SECONDS
            elif monotonic() > deadline:
                raise Unavailable("The broker does not confirm.")
            self._drain(LOOK_SECONDS)
            self._broker.heartbeat_check()

    def _drain(self, seconds: float) -> None:
        with suppress(TimeoutError):
            self._broker.drain_events(timeout=seconds)

    def _acked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple)

    def _nacked(self, tag: int, multiple: bool) -> None:
        self._refused += self._settle(tag, multiple)

    def _settle(self, tag: int, multiple: bool) -> list[Message]:
        tags = [each for each in self._awaited if each <= tag] if multiple else [tag]
        return [self._awaited.pop(each) for each in tags]

    def _block(self, blocked: bool) -> None:
        self.blocked = blocked
