"""The gateway of the local stack, as its own tools see it."""

import json
import urllib.error
import urllib.request
from typing import Any

from deploy.local.ports import LOOPBACK


class Refused(Exception):
    """The gateway did not do what it was asked; the message says what and why."""


class Gateway:
    """Speaks to the gateway at one port."""

    def __init__(self, port: int) -> None:
        self.address = f"http://{LOOPBACK}:{port}"

    def ready(self) -> bool:
        return self._readiness()[0] == 200

    def says(self) -> str:
        """What it answers when asked whether it is ready."""
        return self._readiness()[1]

    def items(self, path: str, token: str) -> list[Any]:
        """The first page of a list. Raises Refused."""
        answer = json.loads(self._send("GET", path, token))
        return list(answer["items"])

    def create(self, path: str, token: str, resource: dict[str, Any]) -> None:
        """Raises Refused."""
        self._send("POST", path, token, json.dumps(resource).encode())

    def _send(self, method: str, path: str, token: str, body: bytes | None = None) -> bytes:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as refusal:
            raise Refused(f"{method} {path} was answered {refusal.code}: {refusal.read().decode()}") from None

    def _readiness(self) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError as error:
            return 0, f"the gateway does not answer: {error}"
