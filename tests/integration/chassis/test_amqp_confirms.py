"""A batch is published when the broker has confirmed all of it, and not before."""

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.broker import Broker
from services.chassis.amqp import Confirms, Link, Publication
from services.chassis.errors import Unavailable
from tests.waiting import eventually


class Outlet:
    """A queue that counts, and a confirming publisher for it."""

    def __init__(self, link: Link, arguments: dict[str, Any]) -> None:
        self.link = link
        self.bodies: list[bytes] = []
        link.port(lambda channel: self._open(channel, arguments))
        self.confirms = Confirms(link)

    def _open(self, channel: Any, arguments: dict[str, Any]) -> None:
        channel.queue_declare("outlet", durable=True, auto_delete=False, arguments=arguments)
        channel.basic_consume("outlet", no_ack=True, callback=lambda message: self.bodies.append(message.body))


def batch(start: int, end: int) -> list[Publication]:
    return [Publication("", "outlet", b"%d" % number, {"delivery_mode": 2}) for number in range(start, end)]


@pytest.fixture
def outlet(amqp_uri: str) -> Iterator[Outlet]:
    yield from an_outlet(amqp_uri, {"x-queue-type": "quorum"})


@pytest.fixture
def refusing(amqp_uri: str) -> Iterator[Outlet]:
    yield from an_outlet(amqp_uri, {"x-max-length": 0, "x-overflow": "reject-publish"})


@pytest.fixture
def private(own_broker: Broker) -> Iterator[tuple[Broker, Outlet]]:
    for outlet in an_outlet(own_broker.uri, {}):  # a quorum queue may not survive a kill within its first second
        yield own_broker, outlet


def an_outlet(uri: str, arguments: dict[str, Any]) -> Iterator[Outlet]:
    outlet = Outlet(Link(uri, "outlet"), arguments)
    outlet.link.start()
    assert outlet.link.wait_ready(10)
    yield outlet
    outlet.link.close()


def test_batches_arrive_whole_and_in_order(outlet: Outlet) -> None:
    outlet.confirms.publish_batch(batch(0, 500))
    outlet.confirms.publish_batch(batch(500, 510))

    eventually(lambda: outlet.bodies == [b"%d" % number for number in range(510)])


def test_a_refused_message_fails_its_batch_and_no_other(refusing: Outlet) -> None:
    with pytest.raises(Unavailable, match="refused"):
        refusing.confirms.publish_batch(batch(0, 3))
    elsewhere = [Publication("amq.fanout", "", b"to nobody")]

    refusing.confirms.publish_batch(elsewhere)


def not_in_time(outlet: Outlet, messages: list[Publication]) -> bool:
    try:
        outlet.confirms.publish_batch(messages, seconds=0.5)
    except Unavailable as unavailable:
        return "in time" in str(unavailable)
    return False


def test_a_lost_connection_fails_the_batch_and_the_next_one_goes_through(private: tuple[Broker, Outlet]) -> None:
    broker, outlet = private
    broker.memory_alarm(True)
    eventually(lambda: not_in_time(outlet, batch(0, 3)))  # the alarm takes a moment
    broker.kill()
    eventually(lambda: outlet.link.state() is not None)

    with pytest.raises(Unavailable, match="cannot be reached"):
        outlet.confirms.publish_batch(batch(3, 6))
    broker.start()
    assert outlet.link.wait_ready(30)
    outlet.confirms.publish_batch(batch(6, 9))

    eventually(lambda: outlet.bodies[-3:] == [b"6", b"7", b"8"])


def test_late_confirms_are_not_taken_for_those_of_the_next_batch(private: tuple[Broker, Outlet]) -> None:
    broker, outlet = private
    broker.memory_alarm(True)
    eventually(lambda: not_in_time(outlet, batch(0, 100)))
    broker.memory_alarm(False)

    eventually(lambda: published(outlet, batch(100, 103)), within=30)

    eventually(lambda: outlet.bodies[-3:] == [b"100", b"101", b"102"])


def published(outlet: Outlet, publications: list[Publication]) -> bool:
    try:
        outlet.confirms.publish_batch(publications)
    except Unavailable:
        return False
    return True
