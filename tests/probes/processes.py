"""Processes of services, started and watched by tests."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from deploy.local.ports import free_ports
from services.chassis.settings import Settings
from tests.waiting import eventually

ROOT = Path(__file__).parents[2]


class ServiceProcess:
    """A service run by the chassis, as `python -m services.chassis.run` runs it; or its relay, by another module."""

    def __init__(self, log: Path, service: str, module: str = "services.chassis.run", **settings: Any) -> None:
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = log.open("a")
        given = {"health_port": self.port, **settings}
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", module, service],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"]}
            | {f"MADOGUCHI_{name.upper()}": str(value) for name, value in given.items()},
            stderr=self._log,
            stdout=self._log,
        )

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """All that it wrote so far."""
        return Path(self._log.name).read_text()

    def logged(self) -> list[dict[str, Any]]:
        """The JSON lines that it wrote so far."""
        return [json.loads(line) for line in self.said().splitlines() if line.startswith("{")]

    def get(self, path: str) -> tuple[int, Any]:
        """The status, or 0 where nothing answers, and the JSON or text of an answer of its process port."""
        try:
            with urlopen(self.url + path, timeout=5) as response:
                return response.status, _body(response)
        except HTTPError as error:
            return error.code, _body(error)
        except (URLError, OSError):
            return 0, None

    def wait_ready(self, within: float = 40) -> "ServiceProcess":
        """Return once it says that it can do its work."""
        eventually(lambda: self.get("/readyz")[0] == 200 or not self.running, within)
        assert self.running, self.said()
        return self

    def terminate(self) -> None:
        """Tell it to stop, as Kubernetes does."""
        self.process.send_signal(signal.SIGTERM)

    def wait(self, within: float = 30) -> int:
        """Its exit status, once it has ended."""
        return self.process.wait(within)

    def end(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
        self._log.close()


@contextmanager
def service_process(log: Path, service: str, **settings: Any) -> Iterator[ServiceProcess]:
    """A process that ends with the block."""
    process = ServiceProcess(log, service, **settings)
    try:
        yield process
    finally:
        process.end()


def variables_of(settings: Settings) -> dict[str, str]:
    """What a process must be told so that it has these settings."""
    return {
        "mongodb_uri": settings.mongodb_uri,
        "amqp_uri": settings.amqp_uri,
        "database_prefix": settings.database_prefix,
    }


def _body(response: Any) -> Any:
    content = response.read()
    return json.loads(content) if response.headers["Content-Type"] == "application/json" else content.decode()
