"""Another process of the installation, asked by HTTP for what is too large for the bus."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from services.chassis.errors import KINDS, Unavailable, from_wire
from services.chassis.process_port import Readable

SECONDS = 10.0


class Peer:
    """The process port at `base_url`; whatever goes wrong on the way is Unavailable."""

    def __init__(self, base_url: str, seconds: float = SECONDS) -> None:
        self._parts = urlsplit(base_url)
        self._seconds = seconds

    def put(self, path: str, content: bytes | Readable) -> dict[str, Any]:
        """POST the content. Raises the Fault that is answered, or Unavailable."""
        with self._asked("POST", path, content) as response:
            answer: dict[str, Any] = json.loads(response.read())
            return answer

    @contextmanager
    def open(self, path: str) -> Iterator[HTTPResponse]:
        """GET the content, to be read in the block. Raises the Fault that is answered, or Unavailable."""
        with self._asked("GET", path) as response:
            yield response

    @contextmanager
    def _asked(self, method: str, path: str, content: Any = None) -> Iterator[HTTPResponse]:
        kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        connection = kind(self._parts.netloc, timeout=max(self._seconds, 0.001))
        try:
            connection.request(method, self._parts.path.rstrip("/") + path, content)
            response = connection.getresponse()
            if response.status >= 400:
                raise _fault(response)
            yield response
        except (OSError, HTTPException) as error:
            raise Unavailable(f"{self._parts.netloc} does not answer.") from error
        finally:
            connection.close()


def _fault(response: HTTPResponse) -> Exception:
    try:
        wire = json.loads(response.read())
    except ValueError:
        wire = None
    if isinstance(wire, dict) and wire.get("kind") in KINDS:
        return from_wire(wire)
    return Unavailable(f"It answered {response.status}.")
