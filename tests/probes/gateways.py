"""Gateway processes for tests, and the tokens and clients to speak to them."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import requests

from deploy.local.ports import free_ports
from tests.waiting import eventually

SECRET = "a secret of at least thirty-two bytes"
NO_BROKER = "amqp://guest:guest@127.0.0.1:9/"


def a_token(*roles: str, sub: str = "alice", secret: str = SECRET, seconds: float = 600, **claims: Any) -> str:
    """A token as the gateway expects it, but for what is given."""
    payload = {"sub": sub, "name": sub.title(), "roles": list(roles or ("agent",)), "exp": time.time() + seconds}
    return jwt.encode(payload | claims, secret, "HS256")


class Client(requests.Session):
    """Asks one gateway, signed in unless told otherwise."""

    def __init__(self, port: int, token: str | None = None) -> None:
        super().__init__()
        self.trust_env = False
        self.port = port
        self.headers["Authorization"] = f"Bearer {token or a_token()}"

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        """Asks by path, with a time limit."""
        options.setdefault("timeout", 20)
        return super().request(method, f"http://127.0.0.1:{self.port}{url}", **options)

    def signed_in(self, *roles: str, **claims: Any) -> "Client":
        """The same gateway, asked by somebody else."""
        return Client(self.port, a_token(*roles, **claims))

    def is_up(self) -> bool:
        """Whether anything is answered at all."""
        try:
            return self.get("/nothing").status_code == 404
        except requests.ConnectionError:
            return False


class Running:
    """A process of a module that serves a gateway's routes."""

    def __init__(self, module: str, port: int, settings: dict[str, str]) -> None:
        self._errors = tempfile.TemporaryFile("w+")
        self.client = Client(port)
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            env={f"MADOGUCHI_{name}": value for name, value in settings.items()},
            stdout=self._errors,
            stderr=self._errors,
        )

    def said(self) -> str:
        """What the process wrote so far."""
        self._errors.seek(0)
        return self._errors.read()

    def wait_up(self) -> None:
        """Returns once it answers."""
        eventually(lambda: self.client.is_up() or self.process.poll() is not None, within=20)
        assert self.process.poll() is None, self.said()

    def end(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        self.process.wait()
        self._errors.close()


@contextmanager
def running(module: str, *, port: int | None = None, **settings: str) -> Iterator[Running]:
    """A process on a free port, ended with the block; its settings are MADOGUCHI_* variables."""
    port = port or free_ports(1)[0]
    given = {"AMQP_URI": NO_BROKER, "JWT_SECRET": SECRET, "HTTP_PORT": str(port)} | settings
    process = Running(module, port, given)
    try:
        yield process
    finally:
        process.end()
