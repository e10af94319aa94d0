"""Gateway processes for tests, and the tokens and clients to speak to them."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jwt
import requests

from deploy.local.child import Child
from deploy.local.ports import free_ports
from tests.waiting import eventually

SECRET = "a secret of at least thirty-two bytes"
TOKEN_SECONDS = 12 * 3600.0  # longer than any run of the tests, since some tokens are made at import
NO_BROKER = "amqp://guest:guest@127.0.0.1:9/"
REPOSITORY = Path(__file__).parents[2]


def a_token(
    *roles: str, sub: str = "alice", secret: str = SECRET, seconds: float = TOKEN_SECONDS, **claims: Any
) -> str:
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


class Gateway(Child):
    """A process of a module that serves a gateway's routes."""

    def __init__(self, module: str, log: Path, port: int, settings: dict[str, str]) -> None:
        given = {"AMQP_URI": NO_BROKER, "JWT_SECRET": SECRET, "HTTP_PORT": str(port)} | settings
        environment = {f"MADOGUCHI_{name}": value for name, value in given.items()}
        super().__init__([sys.executable, "-m", module], log, environment | {"PYTHONPATH": str(REPOSITORY)})
        self.client = Client(port)

    @property
    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text()

    def wait_up(self) -> None:
        """Returns once it answers."""
        eventually(lambda: self.client.is_up() or not self.running, within=20)
        assert self.running, self.said

    def wait_end(self) -> int:
        """Its exit status, once it ended."""
        eventually(lambda: not self.running, within=20)
        return int(self._process.returncode)  # type: ignore[union-attr]


@contextmanager
def running(module: str, *, port: int | None = None, **settings: str) -> Iterator[Gateway]:
    """A process on a free port, ended with the block; its settings are MADOGUCHI_* variables."""
    with TemporaryDirectory() as folder:
        gateway = Gateway(module, Path(folder) / "log", port or free_ports(1)[0], settings)
        gateway.start()
        try:
            yield gateway
        finally:
            gateway.kill()
