"""The processes of the local stack, whoever dies."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.home import Home
from deploy.local.programs import DEPENDENCIES, Program
from deploy.local.supervisor import ProcessState, Supervisor
from tests.waiting import eventually

WAITS = (sys.executable, "-c", "import signal; signal.pause()")


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    home = Home(tmp_path)
    supervisor = Supervisor(home)
    with home.locked() as lock:
        supervisor.start(
            [Program(name="first", command=WAITS, group=DEPENDENCIES), Program(name="second", command=WAITS)], {}, lock
        )
        yield supervisor
        supervisor.stop()


def test_a_killed_process_is_started_again(supervisor: Supervisor) -> None:
    killed = eventually(lambda: running(supervisor).get("first"))

    os.kill(killed.pid, signal.SIGKILL)

    eventually(lambda: running(supervisor).get("first", killed) != killed)


def test_services_start_when_told(supervisor: Supervisor) -> None:
    eventually(lambda: "first" in running(supervisor))
    before = set(running(supervisor))

    supervisor.start_group("services")

    eventually(lambda: "second" in running(supervisor))
    assert before == {"first"}


def test_nothing_outlives_a_killed_supervisor(supervisor: Supervisor, tmp_path: Path) -> None:
    first = eventually(lambda: running(supervisor).get("first"))

    os.kill(Home(tmp_path).pid("supervisord.pid"), signal.SIGKILL)

    eventually(lambda: not Path(f"/proc/{first.pid}").exists())


def running(supervisor: Supervisor) -> dict[str, ProcessState]:
    return {each.name: each for each in supervisor.processes() if each.state == "running"}
