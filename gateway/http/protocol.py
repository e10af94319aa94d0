"""eventlet's HTTP protocol, whose own refusals are problems too, and which is strict about where a body ends."""

import logging
import re
import socket
from time import monotonic
from typing import Any

from eventlet.wsgi import HeaderLineTooLong, HeadersTooLarge
from nameko.web.server import HttpOnlyProtocol

from gateway.errors import HeadersTooLarge as HeadersRefused
from gateway.errors import UrlTooLong
from gateway.http import problems
from services.chassis.errors import Fault, Malformed
from services.chassis.ids import new_id

LINGER_SECONDS = 5.0
LINGER_BYTES = 64 << 20
LENGTH = re.compile(r"[0-9]{1,15}")

log = logging.getLogger(__name__)


class Protocol(HttpOnlyProtocol):
    """One connection."""

    lingers = False

    def get_environ(self) -> dict[str, Any]:
        """The environment of a request, with a way to end the connection after its answer."""
        environ: dict[str, Any] = super().get_environ()
        environ["gateway.hang_up"] = self.hang_up
        return environ

    def hang_up(self) -> None:
        """Close after this answer: what is left of the body is not worth reading as if it counted."""
        self.close_connection = 1
        self.lingers = True

    def parse_request(self) -> bool:
        """Reads the head of the request; False once it was refused."""
        try:
            return bool(super().parse_request()) and self._has_one_length()
        except (HeaderLineTooLong, HeadersTooLarge):
            return self._refuse(HeadersRefused("The header section is too large."))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The refusals of the standard library's parser."""
        too_large = code in (431, 414)
        self._refuse(HeadersRefused(explain or message or "") if too_large else Malformed(f"{message}."))

    def finish(self) -> None:
        """Ends the connection; a client that is still sending reads our answer before it learns that we left."""
        try:
            if self.lingers:
                self._linger()
        finally:
            super().finish()

    def _read_request_line(self) -> bytes:
        line: bytes = super()._read_request_line()
        if len(line) < self.server.url_length_limit:
            return line
        self._refuse(UrlTooLong("The address is too long."))
        return b""

    def _has_one_length(self) -> bool:
        lengths = {length.strip() for length in self.headers.get_all("Content-Length", [])}
        codings = [coding.strip().lower() for coding in self.headers.get_all("Transfer-Encoding", [])]
        if len(lengths) > 1 or any(LENGTH.fullmatch(length) is None for length in lengths):
            return self._refuse(Malformed("Content-Length must be one number."))
        if codings and (lengths or codings != ["chunked"]):
            return self._refuse(Malformed("Transfer-Encoding must be chunked, without Content-Length."))
        return True

    def _refuse(self, fault: Fault) -> bool:
        body = problems.document(fault)
        status = problems.status_of(fault)
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {problems.MEDIA_TYPE}\r\n"
            f"Content-Length: {len(body)}\r\nX-Request-ID: {new_id()}\r\nConnection: close\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)
        self.hang_up()
        return False

    def _linger(self) -> None:
        until, left = monotonic() + LINGER_SECONDS, LINGER_BYTES
        try:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(LINGER_SECONDS)
            while left > 0 and monotonic() < until and (chunk := self.connection.recv(1 << 16)):
                left -= len(chunk)
        except OSError as error:
            log.debug("The client left first: %s", error)
