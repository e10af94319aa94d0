"""The whole stack, started as anybody starts it, and driven over HTTP and SMTP only."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from deploy.local.ports import free_ports
from tests.acceptance.desk import Stack

READY_SECONDS = 120


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of this session's own, with its own home and ports."""
    home = tmp_path_factory.mktemp("stack")
    http, smtp = free_ports(2)
    given = {
        "MADOGUCHI_HOME": str(home),
        "MADOGUCHI_HTTP_PORT": str(http),
        "MADOGUCHI_SMTP_PORT": str(smtp),
        "MADOGUCHI_RETRY_SECONDS": "1,1,1,1",
        "MADOGUCHI_PARSER_TIMEOUT": "40",  # wall time, and a machine under test has little of it
        "MADOGUCHI_PORT_LANE": os.environ.get("MADOGUCHI_PORT_LANE", "0/1"),
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")} | given
    log = (home / "run.log").open("wb")
    run = subprocess.Popen(
        [sys.executable, "-m", "deploy.local", "run"], env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    stack = Stack(home=home, http_port=http, smtp_port=smtp, environment=environment)
    try:
        stack.wait_until_ready(run, within=READY_SECONDS)
        yield stack
    finally:
        run.send_signal(signal.SIGTERM)
        run.wait(60)
        log.close()
