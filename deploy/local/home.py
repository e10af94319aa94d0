"""The folder of one local stack: its lock, and what it remembers from one start to the next."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from deploy.local.ports import free_ports, is_free

LOCK_SECONDS = 1  # whoever only asks holds the lock for a moment


class AlreadyRunning(Exception):
    """A second stack was to be started in the same folder."""


class Home:
    """Ports and secrets are chosen at their first use, and kept."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    @property
    def environment_file(self) -> Path:
        return self.path / "environment"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def port(self, name: str) -> int:
        """The port with that name. Once chosen it stays."""
        return int(self._remember("ports", name, lambda: free_ports(1)[0]))

    def secret(self, name: str) -> str:
        return str(self._remember("secrets", name, lambda: secrets.token_urlsafe(32)))

    def forget_taken_ports(self, but: str) -> None:
        """Lets go of the ports that others have taken since, but for one that has to stay."""
        remembered = self._read()
        ports = remembered.get("ports", {})
        remembered["ports"] = {name: port for name, port in ports.items() if name == but or is_free(port)}
        self._write(remembered)

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Holds the folder for this process and those that get the descriptor. Raises AlreadyRunning."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("a+") as lock:
            if not _lock(lock, LOCK_SECONDS):
                raise AlreadyRunning(f"A stack runs in {self.path} already; `make down` ends it.")
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield lock.fileno()

    def is_held(self) -> bool:
        """Whether any process of a stack lives here."""
        path = self.path / "lock"
        if not path.exists():
            return False
        with path.open() as lock:
            return not _lock(lock)

    def pid(self, file: str) -> int:
        """The process that has put its number into that file; 0 where none has."""
        path = self.path / file
        return int(path.read_text() or 0) if path.exists() else 0

    def _remember(self, kind: str, name: str, choose: Callable[[], Any]) -> Any:
        remembered = self._read()
        if name not in remembered.setdefault(kind, {}):
            remembered[kind][name] = choose()
            self._write(remembered)
        return remembered[kind][name]

    def _read(self) -> dict[str, dict[str, Any]]:
        path = self.path / "remembered.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def _write(self, remembered: dict[str, dict[str, Any]]) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        path = self.path / "remembered.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(remembered, indent=2))


def _lock(file: TextIO, patience_seconds: float = 0) -> bool:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True
