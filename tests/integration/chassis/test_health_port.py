"""The HTTP port of a process tells whether it lives and can work, and what it counts."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from services.chassis import health, metrics
from services.chassis.errors import Invalid
from services.chassis.health import Checks
from services.chassis.process_port import Answer, Asked, PortTaken, ProcessPort

_shown = metrics.counter("test_shown", "A counter of this test.", ["kind"])


def repeat(asked: Asked) -> Answer:
    """Answers what it was sent, in pieces."""
    if asked.method == "GET":
        raise Invalid("Say something.")
    pieces = list(iter(lambda: asked.body.read(7), b""))
    return Answer.of_json({"rest": asked.rest, "body": b"".join(pieces).decode()})


def stumble(asked: Asked) -> Answer:
    raise KeyError("secret")


@pytest.fixture
def checks() -> Checks:
    return {"database": lambda: None}


@pytest.fixture
def port(checks: Checks) -> Iterator[ProcessPort]:
    port = health.serve(checks, "127.0.0.1", 0, {"/repeat": repeat, "/stumble": stumble})
    yield port
    port.close()


def ask(port: ProcessPort, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", port.port, timeout=5)
    connection.request(method, path, body)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, json.loads(content) if "json" in response.headers["Content-Type"] else content.decode()


def test_a_process_is_alive_whatever_its_checks_say(port: ProcessPort, checks: Checks) -> None:
    checks["broker"] = lambda: "away"

    assert ask(port, "GET", "/healthz")[0] == 200


def test_it_is_ready_when_every_check_is_well_and_else_says_which_is_not(port: ProcessPort, checks: Checks) -> None:
    assert ask(port, "GET", "/readyz") == (200, {"ready": True, "checks": {"database": "ok"}})

    checks["broker"] = lambda: "queue rpc.tickets.v1 has other arguments"

    status, answer = ask(port, "GET", "/readyz")
    assert (status, answer["ready"]) == (503, False)
    assert answer["checks"] == {"broker": "queue rpc.tickets.v1 has other arguments", "database": "ok"}


def test_a_check_that_fails_is_an_answer_too(port: ProcessPort, checks: Checks) -> None:
    checks["broker"] = lambda: str({}["nothing"])

    assert ask(port, "GET", "/readyz")[1]["checks"]["broker"] == "KeyError: 'nothing'"


def test_what_is_counted_is_shown_to_prometheus(port: ProcessPort) -> None:
    _shown.labels("good").inc(3)

    assert 'madoguchi_test_shown_total{kind="good"} 3.0' in ask(port, "GET", "/metrics")[1].splitlines()


def test_a_route_reads_bodies_of_known_and_of_unknown_length(port: ProcessPort) -> None:
    known = ask(port, "POST", "/repeat/here/and/there", b"a body of known length")
    chunked = ask(port, "POST", "/repeat", iter([b"a body ", b"in chunks", b" of any size"]))

    assert known == (200, {"rest": "here/and/there", "body": "a body of known length"})
    assert chunked == (200, {"rest": "", "body": "a body in chunks of any size"})


def test_one_connection_serves_many_requests_even_refused_ones(port: ProcessPort) -> None:
    connection = HTTPConnection("127.0.0.1", port.port, timeout=5)
    statuses = []
    for path in ("/nowhere", "/repeat", "/nowhere"):
        connection.request("POST", path, iter([b"unread" * 100]))
        response = connection.getresponse()
        statuses.append(response.status)
        response.read()

    connection.close()
    assert statuses == [404, 200, 404]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [("/nowhere", 404, "not_found"), ("/repeat", 422, "invalid"), ("/stumble", 500, "internal")],
)
def test_what_goes_wrong_is_answered_by_its_kind(port: ProcessPort, path: str, status: int, kind: str) -> None:
    found, answer = ask(port, "GET", path)

    assert (found, answer["kind"]) == (status, kind)
    assert "secret" not in str(answer)


def test_a_port_in_use_is_refused_with_a_sentence(port: ProcessPort) -> None:
    with pytest.raises(PortTaken, match=f"127.0.0.1:{port.port} cannot be served"):
        health.serve({}, "127.0.0.1", port.port)


def test_a_process_that_may_open_no_more_files_does_its_other_work() -> None:
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.probes.scarce"], capture_output=True, text=True, timeout=20
    )

    assert answer.stdout == "the others run on\n"
    assert "Too many open files" in answer.stderr
