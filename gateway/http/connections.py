"""The connections of the door: a bounded number, none of which can harm another, and all of which can be let go."""

import logging
from typing import Any

import eventlet
from eventlet import greenio
from eventlet.semaphore import Semaphore
from eventlet.wsgi import STATE_IDLE, Server

PAUSE_SECONDS = 0.1
DRAIN_SECONDS = 20.0

log = logging.getLogger(__name__)


class Connections:
    """Accepts from `listener` for `server`, at most `limit` at once; more wait in the kernel's queue."""

    def __init__(self, listener: Any, server: Server, limit: int) -> None:
        self._listener = listener
        self._server = server
        self._free = Semaphore(limit)
        self._open: dict[int, list[Any]] = {}

    def accept(self) -> None:
        """Accepts for ever."""
        while True:
            self._free.acquire()
            try:
                sock, address = self._listener.accept()
            except OSError as error:  # such as too many open files: it passes
                self._free.release()
                log.warning("A connection cannot be accepted: %s", error)
                eventlet.sleep(PAUSE_SECONDS)
            else:
                eventlet.spawn_n(self._serve, [address, sock, STATE_IDLE])

    def let_idle_go(self) -> None:
        """Ends the connections that wait for another request, and after their answer also the others."""
        self._server.keepalive = False
        for _, sock, state in list(self._open.values()):
            if state == STATE_IDLE:
                greenio.shutdown_safe(sock)

    def drain(self) -> None:
        """Returns once every request that came in has its answer."""
        with eventlet.Timeout(DRAIN_SECONDS, False):
            while self._server.outstanding_requests:
                eventlet.sleep(PAUSE_SECONDS)

    def _serve(self, connection: list[Any]) -> None:
        sock = connection[1]
        self._open[id(connection)] = connection
        try:
            sock.settimeout(self._server.socket_timeout)
            self._server.process_request(connection)
        except (OSError, ValueError) as error:
            log.info("A connection broke: %s", error)
        finally:
            del self._open[id(connection)]
            sock.close()
            self._free.release()
