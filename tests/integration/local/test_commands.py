"""`make run`, `make down` and their like, with a database and a broker that run already."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import jwt
import pytest

from deploy.local.ports import free_ports
from tests.waiting import eventually

COMMAND = [sys.executable, "-m", "deploy.local"]


@pytest.fixture
def environment(tmp_path: Path, mongodb_uri: str, database_name: str, amqp_uri: str) -> Mapping[str, str]:
    http, smtp = free_ports(2)
    return os.environ | {
        "MADOGUCHI_HOME": str(tmp_path / "home"),
        "MADOGUCHI_HTTP_PORT": str(http),
        "MADOGUCHI_SMTP_PORT": str(smtp),
        "MADOGUCHI_MONGODB_URI": mongodb_uri,
        "MADOGUCHI_DATABASE_PREFIX": database_name,
        "MADOGUCHI_AMQP_URI": amqp_uri,
    }


@pytest.fixture
def runner(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A `make run` whose processes are there, ready or not."""
    with subprocess.Popen([*COMMAND, "run"], env=environment, stderr=subprocess.PIPE, text=True) as runner:
        eventually(lambda: "catcher running" in ask(environment, "ps").stdout, within=40)
        yield runner
        runner.terminate()


@pytest.mark.timeout(120)
def test_down_ends_what_a_killed_run_has_left(runner: subprocess.Popen[str], environment: Mapping[str, str]) -> None:
    pids = [int(line.split()[0]) for line in ask(environment, "ps").stdout.splitlines()]
    alive = [pid for pid in pids if pid and Path(f"/proc/{pid}").exists()]
    runner.send_signal(signal.SIGKILL)

    ended = ask(environment, "down")

    assert alive
    assert ended.returncode == 0
    assert [pid for pid in alive if Path(f"/proc/{pid}").exists()] == []
    assert ask(environment, "ps").returncode == 1


@pytest.mark.timeout(120)
def test_a_terminated_run_takes_everything_with_it(
    runner: subprocess.Popen[str], environment: Mapping[str, str]
) -> None:
    runner.terminate()

    assert runner.wait(60) == 0
    assert ask(environment, "down").stdout.startswith("Nothing runs in ")


def test_a_token_is_printed_alone(environment: Mapping[str, str]) -> None:
    secret = "a secret of at least thirty-two bytes"

    printed = ask({**environment, "MADOGUCHI_JWT_SECRET": secret}, "token", "alice", "--roles", "agent,lead")

    assert jwt.decode(printed.stdout.strip(), secret, algorithms=["HS256"])["roles"] == ["agent", "lead"]


def test_without_a_stack_there_is_no_env(environment: Mapping[str, str]) -> None:
    refused = ask(environment, "env")

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("No stack runs in ")


def ask(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=100, check=False
    )
