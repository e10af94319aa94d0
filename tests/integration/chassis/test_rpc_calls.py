"""Calls between services: typed answers, nothing but our context, and no wait beyond the deadline."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.chassis.amqp import Link, Publication
from services.chassis.context import Actor, Call
from services.chassis.errors import Conflict, Fault, Internal, Invalid, Malformed
from services.chassis.names import rpc_queue
from services.chassis.rpc import Client
from services.chassis.settings import Settings
from services.chassis.store import Unit, connect
from tests.probes.processes import ServiceProcess, service_process
from tests.waiting import eventually

ALICE = Actor(kind="agent", id="alice", name="Alice", roles=("agent", "lead"))


@pytest.fixture
def echo(amqp_uri: str, mongodb_uri: str, database_name: str, tmp_path: Path) -> Iterator[ServiceProcess]:
    """A service that answers what it is told to."""
    settings = {"amqp_uri": amqp_uri, "mongodb_uri": mongodb_uri, "database_prefix": database_name}
    with service_process(tmp_path / "echo.log", "tests.probes.echo:echo", **settings) as process:
        yield process.wait_ready()


@pytest.fixture
def client(echo: ServiceProcess, amqp_uri: str) -> Iterator[Client]:
    yield from a_client(amqp_uri, {"echo": echo.url})


def a_client(amqp_uri: str, urls: dict[str, str]) -> Iterator[Client]:
    client = Client(amqp_uri, "test", urls)
    client.start()
    assert client.wait_ready(10)
    yield client
    client.close()


def ask(client: Client, method: str, seconds: float = 10.0, **args: Any) -> Any:
    return client.call("echo", method, args, Call.begin(ALICE, seconds=seconds))[0]


def refused(client: Client, method: str, **args: Any) -> Fault:
    with pytest.raises(Fault) as raised:
        ask(client, method, **args)
    return raised.value


def test_arguments_and_results_cross_the_bus_unchanged(client: Client) -> None:
    args = {"title": "請求書について", "lone": "\ud800", "none": None, "list": [1, 2.5, True, {"a": "b"}]}

    assert ask(client, "say", **args) == args


def test_the_caller_and_its_correlation_reach_the_service_and_the_one_behind_it(client: Client) -> None:
    call = Call.begin(ALICE, correlation_id="request-1", causation_id="event-1", strict=True, idempotency_key="k")

    direct, _ = client.call("echo", "who", {}, call)
    behind, _ = client.call("echo", "ask_who", {}, call)

    assert (direct["actor"], direct["correlation_id"]) == ("agent/alice", "request-1")
    assert (behind["actor"], behind["correlation_id"]) == ("agent/alice", "request-1")
    assert set(direct["headers"]) - set(behind["headers"]) == {"mdg-strict", "mdg-key"}


def test_a_fault_of_the_service_arrives_with_its_kind_code_and_facts(client: Client) -> None:
    fault = refused(client, "refuse", by="bob")

    assert (type(fault), fault.code, fault.detail, fault.facts) == (
        Conflict,
        "already_taken",
        "It is taken.",
        {"by": "bob"},
    )


def test_a_mistake_of_the_service_is_logged_there_and_says_nothing_here(client: Client, echo: ServiceProcess) -> None:
    call = Call.begin(ALICE, correlation_id="request-2")

    with pytest.raises(Internal) as raised:
        client.call("echo", "stumble", {}, call)

    assert "nobody outside" not in str(raised.value.to_wire())
    (line,) = [line for line in echo.logged() if line["level"] == "error"]
    assert (line["correlation_id"], "nobody outside may read this" in line["exception"]) == ("request-2", True)


def test_an_answer_that_is_no_json_is_a_mistake_of_the_service(client: Client) -> None:
    assert isinstance(refused(client, "answer_nonsense"), Internal)


def test_a_method_that_is_not_offered_is_said_so(client: Client) -> None:
    fault = refused(client, "_take_over_the_world")

    assert (type(fault), fault.code) == (Invalid, "unknown_method")


def test_the_first_result_of_a_command_is_marked_as_replayed(client: Client) -> None:
    assert client.call("echo", "again", {}, Call.begin()) == ("the first result", True)


def test_every_service_answers_for_its_own_health(client: Client) -> None:
    assert ask(client, "ping") == "ok"


def test_a_call_inside_a_transaction_is_refused(client: Client, mongodb_uri: str, database_name: str) -> None:
    settings = Settings(mongodb_uri=mongodb_uri, amqp_uri="", database_prefix=database_name)
    database = connect(settings, "echo")
    with Unit(database, Call.begin()) as unit:
        unit.session()

        with pytest.raises(RuntimeError, match="transaction"):
            ask(client, "say")

        unit.abort()
    database.client.close()


@pytest.mark.parametrize("kilobytes", [100, 1000], ids=["compressed", "still compressed"])
def test_large_bodies_cross_the_bus_compressed(client: Client, kilobytes: int) -> None:
    text = "請求書" * (kilobytes * 1024 // 9)

    assert ask(client, "say", text=text) == {"text": text}


def test_bodies_too_large_for_the_bus_go_by_the_process_port_in_both_directions(client: Client) -> None:
    text = os.urandom(400_000).hex()

    assert ask(client, "say", text=text) == {"text": text}


def test_a_body_too_large_for_any_parcel_is_refused(client: Client) -> None:
    assert isinstance(refused(client, "say", text=os.urandom(18_000_000).hex()), Invalid)


def test_a_body_that_cannot_be_read_is_answered_as_malformed_and_leaves_the_queue(
    echo: ServiceProcess, amqp_uri: str
) -> None:
    answers: list[Any] = []
    link = Link(amqp_uri, "stranger")
    port = link.port(
        lambda channel: channel.basic_consume("amq.rabbitmq.reply-to", no_ack=True, callback=answers.append)
    )
    link.start()
    assert link.wait_ready(10)
    properties = {"reply_to": "amq.rabbitmq.reply-to", "type": "say", "headers": Call.begin().to_headers()}

    port.publish(Publication("", rpc_queue("echo"), b"\xff\x00", properties))
    port.publish(Publication("", rpc_queue("echo"), b"[1]", properties))
    port.publish(Publication("", rpc_queue("echo"), b"{}", {**properties, "headers": {"mdg-actor": "?"}}))
    port.publish(Publication("", rpc_queue("echo"), b"\xff\x00", {"type": "say"}))

    eventually(lambda: len(answers) == 3)
    link.close()
    assert {json.loads(answer.body)["error"]["kind"] for answer in answers} == {Malformed.kind}
    eventually(lambda: echo.get("/metrics")[1].count('outcome="malformed"} 4.0') == 1)
