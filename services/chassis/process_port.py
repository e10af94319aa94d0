"""The HTTP port of a process, in threads (real or green) of its own: small answers and streams, for machines."""

import json
import shutil
import threading
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase, BytesIO
from logging import getLogger
from time import sleep
from typing import IO, Any, Protocol

from services.chassis.errors import Fault, Internal, Malformed, NotFound

IDLE_SECONDS = 30
PIECE_BYTES = 64 * 1024
DRAINED_PIECES = 1024
PAUSE_SECONDS = 0.1
STATUSES = {"malformed": 400, "not_found": 404, "invalid": 422, "internal": 500, "unavailable": 503}

_log = getLogger(__name__)


class PortTaken(Exception):
    """Another process serves this port already; the message says which."""


class Readable(Protocol):
    """The part of a file that reading needs."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; all that is left without one."""


@dataclass(frozen=True)
class Asked:
    """What a client wants: `rest` is the path after the route's own."""

    method: str
    rest: str
    body: Readable


@dataclass(frozen=True)
class Answer:
    """What it gets; the content is closed afterwards."""

    content: IO[bytes]
    length: int
    content_type: str = "application/octet-stream"
    status: int = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, value: Any, status: int = HTTPStatus.OK) -> "Answer":
        """A JSON answer."""
        content = json.dumps(value).encode()
        return cls(BytesIO(content), len(content), "application/json", status)


Route = Callable[[Asked], Answer]


class _Body:
    """Reads no further than the request's body reaches, which is of a known length or comes in chunks (RFC 9112)."""

    def __init__(self, stream: BufferedIOBase, length: int | None) -> None:
        self._stream = stream
        self._chunked = length is None
        self._left = 0 if length is None else length

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; all that is left without one. Raises Malformed when the client stopped too early."""
        if size < 0:
            return b"".join(iter(lambda: self.read(PIECE_BYTES), b""))
        if self._chunked and not self._left:
            self._left = self._next_chunk()
        wanted = min(size, self._left)
        content = self._stream.read(wanted)
        self._left -= len(content)
        if len(content) < wanted:
            raise Malformed("The body is shorter than it said.")
        if self._chunked and wanted and not self._left:
            self._stream.readline()
        return content

    def drain(self) -> None:
        """Let the client say what nobody wants to hear, up to a limit, so that it can hear the answer."""
        with suppress(Malformed, OSError):
            for _ in range(DRAINED_PIECES):
                if not self.read(PIECE_BYTES):
                    break

    def _next_chunk(self) -> int:
        try:
            length = int(self._stream.readline(PIECE_BYTES).partition(b";")[0], 16)
        except ValueError:
            raise Malformed("The length of a chunk cannot be read.") from None
        if length == 0:
            self._chunked = False
            while self._stream.readline(PIECE_BYTES).strip():
                pass  # trailers say nothing that matters here
        return length


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    server: "_Server"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Probes come every few seconds; they are no news."""

    def _answer(self) -> None:
        body: _Body | None = None
        try:
            body = _Body(self.rfile, self._length())
            answer = self._routed(body)
        except Fault as fault:
            answer = Answer.of_json(fault.to_wire(), STATUSES.get(fault.kind, 500))
        except Exception:  # noqa: BLE001  # a defect of one route must not end the port
            _log.exception("The process port could not answer %s %s.", self.command, self.path)
            answer = Answer.of_json(Internal("The service made a mistake.").to_wire(), 500)
        if body is not None:
            body.drain()
        self._send(answer)

    def _routed(self, body: _Body) -> Answer:
        path = self.path.partition("?")[0]
        first, _, rest = path.lstrip("/").partition("/")
        route = self.server.routes.get(f"/{first}")
        if route is None:
            raise NotFound(f"There is nothing at {path}.")
        return route(Asked(self.command, rest, body))

    def _length(self) -> int | None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            return None
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal():
            raise Malformed("The length of the body cannot be read.")
        return int(length)

    def _send(self, answer: Answer) -> None:
        with closing(answer.content):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(answer.length))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            shutil.copyfileobj(answer.content, self.wfile)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_port = False  # two processes on one port would share its requests without a word

    def __init__(self, address: tuple[str, int], routes: Mapping[str, Route]) -> None:
        self.routes = routes
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class ProcessPort:
    """Serves routes by the first word of their path, as `/blobs`, from now on until it is closed."""

    def __init__(self, host: str, port: int, routes: Mapping[str, Route]) -> None:
        try:
            self._server = _Server((host, port), routes)
        except OSError as error:
            raise PortTaken(f"{host}:{port} cannot be served: {error.strerror}.") from error
        self.port: int = self._server.server_address[1]
        self._open = True
        threading.Thread(target=self._serve, name="process port", daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._open = False
        self._server.server_close()

    def _serve(self) -> None:
        # Not serve_forever: its selector blocks all green threads.
        while self._open:
            try:
                request, address = self._server.get_request()
                self._server.process_request(request, address)
            except OSError:
                if self._open:
                    _log.exception("The process port could not take a connection.")
                    sleep(PAUSE_SECONDS)  # so that others run, and files get closed, where there are too many
