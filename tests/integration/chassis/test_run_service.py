"""The process of a service: alive at once, ready when it can work, drained when it is told to stop."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deploy.local.broker import Broker
from deploy.local.database import Database
from deploy.local.ports import free_ports
from services.chassis.context import Call
from services.chassis.rpc import Client
from tests.probes.processes import ServiceProcess
from tests.waiting import eventually

ECHO = "tests.probes.echo:echo"
IN_FLIGHT = 12

Start = Callable[..., ServiceProcess]


@pytest.fixture
def start(amqp_uri: str, mongodb_uri: str, database_name: str, tmp_path: Path) -> Iterator[Start]:
    """Starts processes that end with the test."""
    usual = {"amqp_uri": amqp_uri, "mongodb_uri": mongodb_uri, "database_prefix": database_name}
    with ExitStack() as stack:

        def start(service: str = ECHO, **settings: Any) -> ServiceProcess:
            process = ServiceProcess(tmp_path / f"{len(list(tmp_path.iterdir()))}.log", service, **usual | settings)
            stack.callback(process.end)
            return process

        yield start


@pytest.fixture
def client(amqp_uri: str) -> Iterator[Client]:
    client = Client(amqp_uri, "test")
    client.start()
    yield client
    client.close()


def work(client: Client, trace: Path) -> Any:
    args = {"lasting": 1.0, "trace": str(trace)}
    return client.call("echo", "work", args, Call.begin(seconds=30))[0]


def count(trace: Path, word: str) -> int:
    return trace.read_text().split().count(word) if trace.exists() else 0


def test_what_runs_when_it_is_told_to_stop_is_finished_answered_and_never_run_again(
    start: Start, client: Client, tmp_path: Path
) -> None:
    first, trace = start().wait_ready(), tmp_path / "trace"
    with ThreadPoolExecutor(IN_FLIGHT) as threads:
        working = [threads.submit(work, client, trace) for _ in range(IN_FLIGHT)]
        eventually(lambda: count(trace, "began") == IN_FLIGHT)

        first.terminate()

        assert [each.result(30) for each in working] == ["worked"] * IN_FLIGHT
    assert first.wait() == 0
    start().wait_ready()
    assert client.call("echo", "say", {}, Call.begin(seconds=20)) == ({}, False)
    assert (count(trace, "began"), count(trace, "ended")) == (IN_FLIGHT, IN_FLIGHT)


def test_what_comes_after_it_was_told_to_stop_waits_for_another_replica(
    start: Start, client: Client, tmp_path: Path
) -> None:
    first, trace = start().wait_ready(), tmp_path / "trace"
    with ThreadPoolExecutor(2) as threads:
        early = threads.submit(work, client, trace)
        eventually(lambda: count(trace, "began") == 1)
        first.terminate()
        eventually(lambda: "told to stop" in str(first.get("/readyz")[1]))

        late = threads.submit(client.call, "echo", "say", {"late": True}, Call.begin(seconds=30))
        assert early.result(30) == "worked"
        assert first.wait() == 0
        start().wait_ready()

        assert late.result(30) == ({"late": True}, False)


def test_it_is_alive_but_not_ready_while_the_database_is_away(start: Start, own_database: Database) -> None:
    own_database.stop()
    process = start(mongodb_uri=own_database.uri)
    eventually(lambda: "the database does not answer" in str(process.get("/readyz")), within=20)
    assert process.get("/healthz")[0] == 200

    own_database.start()

    process.wait_ready()


def test_it_is_alive_but_not_ready_while_the_broker_is_away(start: Start, own_broker: Broker) -> None:
    own_broker.stop()
    process = start(amqp_uri=own_broker.uri)
    eventually(lambda: "(connecting)" in str(process.get("/readyz")), within=20)
    assert process.get("/healthz")[0] == 200

    own_broker.start()

    process.wait_ready()


def test_it_can_be_stopped_while_it_waits_for_its_database(start: Start) -> None:
    (nowhere,) = free_ports(1)
    process = start(mongodb_uri=f"mongodb://127.0.0.1:{nowhere}/?replicaSet=none")
    eventually(lambda: process.get("/healthz")[0] == 200, within=20)

    process.terminate()

    assert process.wait() == 0


def test_a_service_that_dies_ends_its_process_with_a_word(start: Start) -> None:
    process = start("tests.probes.mishaps:dying")

    assert process.wait() == 1
    assert any("the heart of it stopped" in line.get("exception", "") for line in process.logged())


def test_a_second_signal_ends_at_once_what_does_not_end(start: Start, client: Client) -> None:
    process = start("tests.probes.mishaps:stubborn").wait_ready()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(client.call, "stubborn", "work", {}, Call.begin(seconds=5))
        eventually(lambda: "python_info" in str(process.get("/metrics")))
        process.terminate()
        eventually(lambda: "told to stop" in str(process.get("/readyz")[1]))
        assert process.running

        process.terminate()

        assert process.wait() == 1
    assert process.logged()[-1]["level"] == "critical"


def test_two_processes_cannot_share_a_port_without_a_word(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = start(health_port=port)

        assert process.wait() == 2
        assert f"127.0.0.1:{port} cannot be served: Address already in use." in process.said()


@pytest.mark.parametrize(
    ("service", "settings", "sentence"),
    [
        ("nothing", {}, "There is no service nothing: no module services.nothing.service."),
        ("tests.probes.echo:parrot", {}, "tests.probes.echo has 0 classes whose name is parrot; it must be one."),
        (ECHO, {"max_workers": "many"}, "MADOGUCHI_MAX_WORKERS is 'many', which is wrong"),
        (ECHO, {"amqp_uri": "http://127.0.0.1/"}, "The broker's URI must start with amqp:// or amqps://."),
    ],
    ids=["unknown", "no such class", "wrong setting", "wrong broker"],
)
def test_what_cannot_start_says_why_in_a_sentence(
    start: Start, service: str, settings: dict[str, str], sentence: str
) -> None:
    process = start(service, **settings)

    assert process.wait() == 2
    assert sentence in process.said()
