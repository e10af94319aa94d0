"""The stack as `make run` starts it, and what its other commands say of it."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from tests.acceptance.desk import Stack
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(300)  # the first test waits until the stack is ready


def test_every_process_runs_under_its_name(stack: Stack) -> None:
    assert {
        "broker", "catcher", "customers", "customers-relay", "gateway", "mail", "mail-relay", "mail-sender",
        "mail-smtp", "mongod", "presence", "presence-relay", "routing", "routing-relay", "tickets", "tickets-relay",
    } <= set(processes(stack))  # fmt: skip


def test_a_killed_process_is_started_again(stack: Stack) -> None:
    killed = eventually(lambda: processes(stack)["catcher"])

    os.kill(killed, signal.SIGKILL)

    eventually(lambda: processes(stack)["catcher"] not in (0, killed), within=20)


def test_a_second_stack_in_the_same_folder_is_refused(stack: Stack) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "deploy.local", "run"],
        env=stack.environment,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"A stack runs in {stack.home} already")


def test_the_variables_lead_to_the_running_stack(stack: Stack) -> None:
    told = dict(line.split("=", 1) for line in stack.run("env").splitlines())

    ready = requests.get(f"http://127.0.0.1:{told['MADOGUCHI_HTTP_PORT']}/readyz", timeout=10)
    assert ready.status_code == 200
    assert told["MADOGUCHI_HOME"] == str(stack.home)


def test_an_empty_stack_is_given_a_small_desk(stack: Stack) -> None:
    admin = stack.agent("admin", "admin")

    assert "support" in [desk["id"] for desk in admin.items("/v1/desks")]
    assert "first-line" in [group["id"] for group in admin.items("/v1/groups")]


def processes(stack: Stack) -> dict[str, int]:
    rows = (line.split() for line in stack.run("ps").splitlines())
    return {name: int(pid) for pid, name, _ in rows}
