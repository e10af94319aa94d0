"""A link outlives its connections: it comes back by itself, says what is wrong, and never writes what is too late."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import pytest

from deploy.local.broker import Broker
from deploy.local.ports import free_ports
from services.chassis.amqp import Link, Port, Publication
from services.chassis.amqp.link import WAITING_LIMIT
from services.chassis.errors import Unavailable
from tests.waiting import eventually

QUEUE = "letters"


class Reader:
    """Consumes one queue over a link, and keeps what it reads."""

    def __init__(self, link: Link, arguments: dict[str, Any] | None = None) -> None:
        self.bodies: list[bytes] = []
        self.arguments = arguments
        self.port = link.port(self._open)

    def _open(self, channel: Any) -> None:
        channel.queue_declare(QUEUE, durable=True, auto_delete=False, arguments=self.arguments)
        channel.basic_consume(QUEUE, callback=self._read)

    def _read(self, message: Any) -> None:
        self.bodies.append(message.body)
        self.port.ack(message)


@contextmanager
def running(link: Link) -> Iterator[Link]:
    link.start()
    try:
        yield link
    finally:
        link.close()


def letter(text: bytes) -> Publication:
    return Publication("", QUEUE, text)


def send(port: Port, text: bytes, seconds: float = 30.0) -> None:
    port.publish(letter(text), deadline=monotonic() + seconds)


@pytest.fixture
def plain(own_broker: Broker) -> Iterator[tuple[Broker, Link, Reader]]:
    """A broker of the test's own, and a reader on a link to it."""
    link = Link(own_broker.uri, "plain")
    reader = Reader(link)
    with running(link):
        assert link.wait_ready(10)
        yield own_broker, link, reader


def test_what_is_published_while_the_broker_is_away_arrives_when_it_is_back(
    plain: tuple[Broker, Link, Reader],
) -> None:
    broker, link, reader = plain
    broker.kill()
    eventually(lambda: link.state() is not None)

    send(reader.port, b"patient")
    send(reader.port, b"too late", seconds=0)
    broker.start()

    eventually(lambda: reader.bodies == [b"patient"], within=30)
    assert link.state() is None


def test_a_blocked_broker_gets_nothing_and_everything_in_order_afterwards(plain: tuple[Broker, Link, Reader]) -> None:
    broker, link, reader = plain
    broker.memory_alarm(True)
    send(reader.port, b"the one that is answered by blocking")
    eventually(lambda: link.blocked)

    for number in range(3):
        send(reader.port, b"%d" % number)
    broker.memory_alarm(False)

    eventually(lambda: reader.bodies[1:] == [b"0", b"1", b"2"], within=30)
    assert not link.blocked


def test_too_much_waiting_is_refused_at_once_and_taken_again_when_the_broker_is_healthy(
    plain: tuple[Broker, Link, Reader],
) -> None:
    broker, link, reader = plain
    broker.memory_alarm(True)
    send(reader.port, b"the one that is answered by blocking")
    eventually(lambda: link.blocked)

    for _ in range(WAITING_LIMIT):
        send(reader.port, b"waits", seconds=5)
    with pytest.raises(Unavailable):
        send(reader.port, b"one too many")
    broker.memory_alarm(False)

    eventually(lambda: reader.bodies and not link.blocked, within=30)
    send(reader.port, b"after")
    eventually(lambda: reader.bodies[-1] == b"after")


def test_a_queue_of_other_arguments_is_named_and_the_link_can_still_be_closed(amqp_uri: str) -> None:
    first, second = Link(amqp_uri, "first"), Link(amqp_uri, "second")
    Reader(first)
    Reader(second, {"x-queue-type": "quorum"})

    with running(first):
        assert first.wait_ready(10)
        with running(second):
            eventually(lambda: "inequivalent arg" in str(second.state()))

            assert f"queue '{QUEUE}'" in str(second.state())
    eventually(lambda: not [each for each in threading.enumerate() if each.name.startswith("second")])


def test_a_deleted_queue_is_declared_and_consumed_again(amqp_uri: str) -> None:
    link, other = Link(amqp_uri, "reader"), Link(amqp_uri, "other")
    reader = Reader(link)
    other.port(lambda channel: channel.queue_delete(QUEUE))

    with running(link):
        assert link.wait_ready(10)
        with running(other):
            assert other.wait_ready(10)
        eventually(lambda: link.state() is None and reader.port.epoch == 2)
        send(reader.port, b"again")

        eventually(lambda: reader.bodies == [b"again"])


def test_an_ack_of_a_lost_connection_does_not_disturb_the_next_one(amqp_uri: str) -> None:
    link = Link(amqp_uri, "slow")
    held: list[Any] = []

    def consume(channel: Any) -> None:
        channel.queue_declare(QUEUE, exclusive=True)
        channel.basic_consume(QUEUE, callback=held.append)

    port = link.port(consume)
    with running(link):
        assert link.wait_ready(10)
        send(port, b"first")
        eventually(lambda: held)
        link.renew()
        eventually(lambda: port.epoch == 2 and link.state() is None)

        port.ack(held[0])
        send(port, b"second")

        eventually(lambda: [message.body for message in held][-1] == b"second")
        assert port.epoch == 2


def test_a_broker_that_is_not_there_is_tried_again_and_named(amqp_uri: str) -> None:
    (port,) = free_ports(1)
    link = Link(f"amqp://127.0.0.1:{port}/", "early")

    with running(link):
        assert eventually(lambda: "refused" in (link.state() or "") and link.state())


def test_a_broker_that_accepts_and_says_nothing_does_not_hold_the_link_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        link = Link(f"amqp://127.0.0.1:{silent.getsockname()[1]}/", "patient")
        with running(link):
            assert eventually(lambda: "timed out" in (link.state() or ""), within=20)


def test_operators_see_the_name_of_the_link(shared_broker: Broker, amqp_uri: str) -> None:
    link = Link(amqp_uri, "tickets rpc server 4711")
    count_of_that_name = (
        "length([1 || [{_, Properties}] <- rabbit_networking:connection_info_all([client_properties]), "
        '{<<"connection_name">>, _, <<"tickets rpc server 4711">>} <- Properties])'
    )

    with running(link):
        assert link.wait_ready(10)

        eventually(lambda: shared_broker.evaluate(count_of_that_name) == "{ok, 1}")
