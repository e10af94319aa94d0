"""Calls when things break: the caller never waits beyond its deadline, and all is well again by itself."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from deploy.local.broker import Broker
from services.chassis.amqp import Link
from services.chassis.context import Call
from services.chassis.errors import Fault, Unavailable
from services.chassis.names import RPC_ARGUMENTS, rpc_queue
from services.chassis.rpc import Client
from services.chassis.rpc.client import PENDING_LIMIT
from tests.probes.processes import service_process
from tests.waiting import eventually


class Bus:
    """A broker, a service on it, and a client."""

    def __init__(self, uri: str, mongodb_uri: str, prefix: str, folder: Path) -> None:
        self.uri = uri
        self.trace = folder / "trace"
        self._folder = folder
        self._settings = {"amqp_uri": uri, "mongodb_uri": mongodb_uri, "database_prefix": prefix}
        self.client = Client(uri, "test")
        self.client.start()

    def service(self, **settings: Any) -> Any:
        return service_process(self._folder / "echo.log", "tests.probes.echo:echo", **self._settings, **settings)

    def ask(self, method: str, seconds: float = 10.0, **args: Any) -> Any:
        return self.client.call("echo", method, args, Call.begin(seconds=seconds))[0]

    def work(self, lasting: float, deadline: float = 20.0) -> Any:
        return self.ask("work", deadline, lasting=lasting, trace=str(self.trace))

    def traced(self) -> list[str]:
        return self.trace.read_text().split() if self.trace.exists() else []


@pytest.fixture
def bus(amqp_uri: str, mongodb_uri: str, database_name: str, tmp_path: Path) -> Iterator[Bus]:
    bus = Bus(amqp_uri, mongodb_uri, database_name, tmp_path)
    yield bus
    bus.client.close()


@pytest.fixture
def private(own_broker: Broker, mongodb_uri: str, database_name: str, tmp_path: Path) -> Iterator[tuple[Broker, Bus]]:
    bus = Bus(own_broker.uri, mongodb_uri, database_name, tmp_path)
    yield own_broker, bus
    bus.client.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(PENDING_LIMIT + 50) as pool:
        yield pool


def declare(uri: str) -> None:
    """The service's queue, without the service."""
    link = Link(uri, "topology")
    link.port(
        lambda channel: channel.queue_declare(
            rpc_queue("echo"), durable=True, auto_delete=False, arguments=RPC_ARGUMENTS
        )
    )
    link.start()
    assert link.wait_ready(10)
    link.close()


def outcome(future: Future[Any]) -> str:
    error = future.exception(timeout=40)
    return error.code if isinstance(error, Fault) else str(error or "answered")


def test_work_past_its_deadline_is_dropped_before_it_acts(bus: Bus) -> None:
    declare(bus.uri)
    with pytest.raises(Unavailable):
        bus.work(0, deadline=0.3)

    with bus.service() as echo:
        echo.wait_ready()
        assert bus.ask("say", ok=1) == {"ok": 1}

    assert bus.traced() == []


def test_work_that_got_no_worker_before_its_deadline_is_dropped(bus: Bus, threads: ThreadPoolExecutor) -> None:
    with bus.service(max_workers=1) as echo:
        echo.wait_ready()
        long = threads.submit(bus.work, 1.5)
        eventually(lambda: bus.traced() == ["began"])

        late = threads.submit(bus.work, 0, 0.5)

        assert (outcome(late), outcome(long)) == ("unavailable", "answered")
        assert bus.ask("say", ok=1) == {"ok": 1}
        assert bus.traced() == ["began", "ended"]


def test_a_late_answer_is_ignored_and_leaves_nothing_behind(bus: Bus) -> None:
    with bus.service() as echo:
        echo.wait_ready()
        with pytest.raises(Unavailable):
            bus.work(0.8, deadline=0.3)

        eventually(lambda: bus.traced() == ["began", "ended"])

        assert bus.ask("say", ok=1) == {"ok": 1}
        assert bus.client._pending == {}


def test_all_calls_share_one_connection_without_mixing_their_answers(bus: Bus, threads: ThreadPoolExecutor) -> None:
    with bus.service() as echo:
        echo.wait_ready()

        answers = list(threads.map(lambda number: bus.ask("say", number=number)["number"], range(400)))

        assert answers == list(range(400))


def test_a_call_during_a_broker_restart_is_answered_afterwards(
    private: tuple[Broker, Bus], threads: ThreadPoolExecutor
) -> None:
    broker, bus = private
    with bus.service() as echo:
        echo.wait_ready()
        time.sleep(3)  # a quorum queue may not survive a kill within its first second
        broker.kill()
        eventually(lambda: bus.client.state() is not None)

        waiting = threads.submit(bus.ask, "say", 30.0, patient=True)
        broker.start()

        assert waiting.result(40) == {"patient": True}
        assert echo.running


def test_a_worker_that_finishes_while_the_broker_is_away_does_not_end_its_process(
    private: tuple[Broker, Bus], threads: ThreadPoolExecutor
) -> None:
    broker, bus = private
    with bus.service() as echo:
        echo.wait_ready()
        time.sleep(3)  # a quorum queue may not survive a kill within its first second
        working = threads.submit(bus.work, 1.0, 3.0)
        eventually(lambda: bus.traced() == ["began"])
        broker.kill()
        eventually(lambda: bus.traced()[:2] == ["began", "ended"])
        assert outcome(working) == "unavailable"

        broker.start()

        echo.wait_ready(40)
        eventually(lambda: bus.client.state() is None, within=30)
        assert bus.ask("say", 20.0, alive=True) == {"alive": True}


def test_a_blocked_broker_makes_calls_unavailable_at_their_deadline_and_too_many_at_once(
    private: tuple[Broker, Bus], threads: ThreadPoolExecutor
) -> None:
    broker, bus = private
    with bus.service() as echo:
        echo.wait_ready()
        broker.memory_alarm(True)
        with pytest.raises(Unavailable):
            bus.ask("say", 0.5)
        stuck = [threads.submit(bus.ask, "say", 6.0) for _ in range(PENDING_LIMIT)]
        eventually(lambda: len(bus.client._pending) == PENDING_LIMIT)

        with pytest.raises(Unavailable, match="too many"):
            bus.ask("say", 600.0)

        assert not any(each.done() for each in stuck)
        broker.memory_alarm(False)
        assert {outcome(each) for each in stuck} == {"answered"}
        assert bus.ask("say", ok=1) == {"ok": 1}


def test_acks_go_out_while_the_broker_takes_no_answers(
    private: tuple[Broker, Bus], threads: ThreadPoolExecutor
) -> None:
    broker, bus = private
    with bus.service() as echo:
        echo.wait_ready()
        # The broker blocks a connection when it publishes: the first answer may still pass.
        threads.submit(bus.work, 0.5, 5.0)
        second = threads.submit(bus.work, 1.5, 5.0)
        eventually(lambda: bus.traced() == ["began"] * 2)
        broker.memory_alarm(True)

        eventually(lambda: bus.traced() == ["began"] * 2 + ["ended"] * 2)
        eventually(lambda: 'rpc_served_total{method="work",outcome="ok"} 2.0' in echo.get("/metrics")[1])
        echo.end()

        broker.memory_alarm(False)
        assert outcome(second) == "unavailable"
    with bus.service() as echo:
        echo.wait_ready()
        assert bus.ask("say", ok=1) == {"ok": 1}
        assert bus.traced() == ["began"] * 2 + ["ended"] * 2


def test_a_request_that_kills_its_server_again_and_again_is_given_up(bus: Bus, threads: ThreadPoolExecutor) -> None:
    declare(bus.uri)
    working = threads.submit(bus.work, 30.0, 50.0)
    for death in range(RPC_ARGUMENTS["x-delivery-limit"]):
        with bus.service() as echo:
            echo.wait_ready()
            eventually(lambda death=death: len(bus.traced()) == death + 1)

    with bus.service() as echo:
        echo.wait_ready()
        assert outcome(working) == "unavailable"
        assert len(bus.traced()) == RPC_ARGUMENTS["x-delivery-limit"]
        assert any("given up" in line["message"] for line in echo.logged())
