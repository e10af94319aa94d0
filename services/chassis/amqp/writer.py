"""The one thread that writes to a link's socket: it joins what waits into few writes, and keeps the line alive."""

import socket
import threading
from contextlib import suppress
from logging import getLogger
from math import inf
from time import monotonic
from typing import NamedTuple

from services.chassis.amqp import frames
from services.chassis.amqp.latch import Latch
from services.chassis.amqp.outbox import Entry, Outbox

STALLED_SECONDS = 1.0
TICK_SECONDS = 1.0

_log = getLogger(__name__)


class Line(NamedTuple):
    """An open connection: its socket, its number, and the agreed heartbeat in seconds (0: none)."""

    sock: socket.socket
    epoch: int
    heartbeat: float

    def cut(self) -> None:
        """End it from this side; its reader wakes up."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


class Writer:
    """Writes what was put while there is a line that is not blocked; the rest waits until its deadline."""

    def __init__(self, name: str) -> None:
        self.line: Line | None = None
        self.blocked = False
        self.heard = inf  # when the reader began to wait; inf while it is busy, so that its silence is not the broker's
        self._name = name
        self._outbox = Outbox()
        self._wake = Latch()
        self._leaving = False
        self._sent = self._writing_since = inf
        self._thread = threading.Thread(target=self._run, name=f"{name} writer", daemon=True)
        self.start = self._thread.start

    @property
    def stuck(self) -> bool:
        """Whether nothing goes out now."""
        return self.line is None or self.blocked or monotonic() - self._writing_since > STALLED_SECONDS

    @property
    def waiting(self) -> int:
        """How many entries wait."""
        return len(self._outbox)

    def put(self, entry: Entry) -> None:
        """Write the entry as soon as possible."""
        self._outbox.put(entry)
        self._wake.set()

    def use(self, line: Line | None) -> None:
        """Write to this line from now on; a new one is not blocked."""
        self.blocked = False
        self._sent = monotonic()
        self.line = line
        self._wake.set()

    def block(self, blocked: bool) -> None:
        """The broker takes nothing, or takes everything again."""
        self.blocked = blocked
        self._wake.set()

    def finish(self, within: float) -> None:
        """Write what waits and the goodbye, for so many seconds at most."""
        self._leaving = True
        self._wake.set()
        self._thread.join(within)

    def _run(self) -> None:
        while not self._leaving:
            self._wake.wait(TICK_SECONDS)
            line = self.line
            if line is not None:
                self._attend(line)
            self._outbox.forget(line.epoch if line else 0)

    def _attend(self, line: Line) -> None:
        try:
            self._write_what_waits(line)
            self._keep_alive(line)
        except OSError:
            line.cut()  # its reader finds out why
        self._writing_since = inf

    def _write_what_waits(self, line: Line) -> None:
        while self._outbox and not self.blocked and self.line is line:
            self._write(line, self._outbox.take(line.epoch))
        if self._leaving and not self.blocked:
            self._write(line, frames.CLOSE)

    def _keep_alive(self, line: Line) -> None:
        now = monotonic()
        if line.heartbeat and now - self._sent > line.heartbeat / 2:
            self._write(line, frames.HEARTBEAT)
        if line.heartbeat and now - self.heard > 2 * line.heartbeat:
            _log.warning("%s has heard nothing from the broker for two heartbeats.", self._name)
            line.cut()

    def _write(self, line: Line, data: bytes) -> None:
        if data:
            self._sent = self._writing_since = monotonic()
            line.sock.sendall(data)
            self._writing_since = inf
