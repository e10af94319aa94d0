"""Broadcasts reach every process that listens now, after the transaction, and are never a reason to fail."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deploy.local.broker import Broker
from services.chassis.broadcast import Crier, Hearing
from services.chassis.context import Call
from services.chassis.errors import Invalid
from services.chassis.rpc import Client
from services.chassis.store import Database, run_unit
from tests.probes.processes import service_process
from tests.waiting import eventually


class Room:
    """Criers and listeners on one broker."""

    def __init__(self, uri: str, stack: ExitStack) -> None:
        self._uri = uri
        self._stack = stack
        self.crier = Crier(uri, "crier")
        self._run(self.crier)

    def listener(self, *topics: str, missed: list[str] | None = None) -> list[Any]:
        heard: list[Any] = []
        note = (lambda: missed.append("missed")) if missed is not None else (lambda: None)
        hearing = Hearing(self._uri, "listener", topics, lambda topic, facts: heard.append((topic, facts)), note)
        self._run(hearing)
        assert hearing.wait_ready(10)
        return heard

    def _run(self, participant: Crier | Hearing) -> None:
        participant.start()
        self._stack.callback(participant.close)


@pytest.fixture
def room(amqp_uri: str) -> Iterator[Room]:
    with ExitStack() as stack:
        yield Room(amqp_uri, stack)


def test_everybody_who_listens_to_the_topic_hears_it(room: Room) -> None:
    first, second = room.listener("viewer.*"), room.listener("viewer.joined", "chat.typing")

    room.crier.tell("viewer.joined", ticket="1", name="千鶴")
    room.crier.tell("viewer.left", ticket="1")
    room.crier.tell("chat.typing")

    eventually(lambda: [topic for topic, _ in first] == ["viewer.joined", "viewer.left"])
    eventually(lambda: second == [("viewer.joined", {"ticket": "1", "name": "千鶴"}), ("chat.typing", {})])


def test_what_is_told_in_a_transaction_is_heard_when_it_stands_and_not_otherwise(
    room: Room, database: Database
) -> None:
    heard = room.listener("#")

    def refused() -> None:
        room.crier.tell("never")
        raise Invalid("It does not stand.")

    with pytest.raises(Invalid):
        run_unit(database, Call.begin(), refused)
    run_unit(database, Call.begin(), lambda: room.crier.tell("after all"))

    eventually(lambda: heard)
    assert heard == [("after all", {})]


def test_a_broker_that_is_away_fails_nobody_and_listeners_know_that_they_missed_something(own_broker: Broker) -> None:
    with ExitStack() as stack:
        room, missed = Room(own_broker.uri, stack), []
        heard = room.listener("#", missed=missed)
        own_broker.stop()
        for _ in range(1000):
            room.crier.tell("lost")
        assert missed == []

        own_broker.start()

        eventually(lambda: missed == ["missed"], within=30)
        eventually(lambda: room.crier.tell("again") or ("again", {}) in heard, within=30)


def test_a_service_hears_in_its_workers_and_outlives_a_handler_that_fails(
    amqp_uri: str, mongodb_uri: str, database_name: str, tmp_path: Path
) -> None:
    settings = {"amqp_uri": amqp_uri, "mongodb_uri": mongodb_uri, "database_prefix": database_name}
    client = Client(amqp_uri, "test")
    client.start()
    with service_process(tmp_path / "log", "tests.probes.broadcasts:gossip", **settings) as gossip:
        gossip.wait_ready()

        def call(method: str, **args: Any) -> Any:
            return client.call("gossip", method, args, Call.begin(seconds=10))[0]

        call("tell", topic="viewer.joined", facts={"stumble": True})
        call("tell", topic="viewer.joined", facts={"ticket": "1"})

        eventually(lambda: call("heard") == [["viewer.joined", {"ticket": "1"}]])
        assert any("stumbled" in line.get("exception", "") for line in gossip.logged())
    client.close()
