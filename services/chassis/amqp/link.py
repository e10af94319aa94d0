"""A long-lived connection to the broker that reconnects for ever and whose socket only one thread writes to."""

import random
import socket
import threading
from collections.abc import Callable
from logging import getLogger
from math import inf
from time import monotonic
from typing import Any

import amqp as py_amqp
from amqp.exceptions import AMQPError

from services.chassis import metrics
from services.chassis.amqp.frames import Splitter
from services.chassis.amqp.outbox import Entry
from services.chassis.amqp.port import Port
from services.chassis.amqp.uri import CONNECT_SECONDS, connection_arguments
from services.chassis.amqp.writer import Line, Writer
from services.chassis.errors import Unavailable

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
READ_BYTES = 65_536
WAITING_LIMIT = 200
FRAME_MAX = 131_072
CLOSE_OK = (1, 0, b"\x00\x0a\x00\x33")

_log = getLogger(__name__)
_losses = metrics.counter("amqp_losses", "Connections to the broker that were lost or could not be made.", ["link"])


class _Channel(py_amqp.Channel):
    """A channel that stays closed once the broker closed it: the link opens everything anew."""

    def _do_revive(self) -> None:
        pass


class _Connection(py_amqp.Connection):
    Channel = _Channel


class Link:
    """One connection, under a name that operators see.

    What is sent while it is down or blocked waits; when too much waits, sending is refused at once, until it is
    healthy again. Everything works with real threads and with green ones.
    """

    def __init__(self, amqp_uri: str, name: str, *, waiting_limit: int = WAITING_LIMIT) -> None:
        self.name = name
        self.frame_max = FRAME_MAX
        self._arguments = connection_arguments(amqp_uri, name)
        self._waiting_limit = waiting_limit
        self._ports: list[Port] = []
        self._connection: Any = None
        self._epoch = 0
        self._stage = "connecting"
        self._reason = "not connected yet"
        self._ready = threading.Event()
        self._leaving = threading.Event()
        self._writer = Writer(name)
        self._reader = threading.Thread(target=self._run, name=f"{name} reader", daemon=True)

    def port(
        self, opens: Callable[[Any], None], lost: Callable[[], None] = lambda: None, *, purpose: str = "a channel"
    ) -> Port:
        """A further channel; to be asked for before the link starts."""
        port = Port(self, len(self._ports) + 1, purpose, opens, lost)
        self._ports.append(port)
        return port

    def start(self) -> None:
        """Connect in the background; returns at once."""
        self._writer.start()
        self._reader.start()

    def wait_ready(self, seconds: float) -> bool:
        """Whether every channel is open within so many seconds."""
        return self._ready.wait(seconds)

    def state(self) -> str | None:
        """Why the link is not usable now, or None when it is."""
        if not self._ready.is_set():
            return self._reason
        return "the broker is short of memory or disk and takes nothing" if self.blocked else None

    @property
    def blocked(self) -> bool:
        """Whether the broker said that it takes nothing now."""
        return self._writer.blocked

    @property
    def stuck(self) -> bool:
        """Whether nothing goes out now."""
        return self._writer.stuck

    def send(self, data: bytes, *, deadline: float = inf, epoch: int | None = None) -> None:
        """Queue frames; they are dropped at the deadline (monotonic seconds) or with the connection of `epoch`.

        Raises Unavailable for frames of no particular connection when nothing goes out and too many wait already.
        """
        if epoch is None and self._writer.waiting >= self._waiting_limit and self.stuck:
            raise Unavailable("The broker takes nothing now, and too much waits already.")
        self._writer.put(Entry(data, deadline, epoch))

    def renew(self) -> None:
        """Give this connection up, and make a new one."""
        line = self._writer.line
        if line is not None:
            line.cut()

    def close(self, within: float = 5.0) -> None:
        """Write what waits, say goodbye, and leave; what cannot be written in time is lost."""
        until = monotonic() + within
        orderly = not self.stuck
        self._leaving.set()
        self._writer.finish(within)
        if orderly:
            self._reader.join(max(until - monotonic(), 0))
        self.renew()

    def _run(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._leaving.is_set():
            try:
                line = self._connect()
                pause = FIRST_PAUSE_SECONDS
                self._read(line)
            except (AMQPError, OSError) as error:
                self._note(error)
            except Exception as error:  # noqa: BLE001  # a defect in a callback must not end the only reader
                _log.exception("%s failed, and connects again.", self.name)
                self._note(error)
            self._disconnect()
            self._leaving.wait(random.uniform(pause / 2, pause))  # jitter
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _connect(self) -> Line:
        self._stage = "connecting"
        self._connection = _Connection(
            **self._arguments, on_blocked=lambda _: self._block(True), on_unblocked=lambda: self._block(False)
        )
        self._connection.connect()
        sock: socket.socket = self._connection.sock
        sock.settimeout(CONNECT_SECONDS)
        self.frame_max = self._connection.frame_max
        self._epoch += 1
        for port in self._ports:
            self._stage = f"opening {port.purpose}"
            port.open(self._connection, self._epoch)
        self._stage = "open"
        sock.settimeout(None)
        line = Line(sock, self._epoch, self._connection.heartbeat)
        self._writer.use(line)
        self._ready.set()
        self._reason = "not connected yet"
        _log.info("%s is connected to the broker.", self.name)
        return line

    def _read(self, line: Line) -> None:
        splitter = Splitter()
        while True:
            self._writer.heard = monotonic()
            data = line.sock.recv(READ_BYTES)
            self._writer.heard = inf
            if not data:
                raise ConnectionError("the broker closed the connection")
            for kind, channel, payload in splitter.feed(data):
                if (kind, channel, payload[:4]) == CLOSE_OK:
                    return
                self._connection.on_inbound_frame((kind, channel, payload))

    def _disconnect(self) -> None:
        self._ready.clear()
        self._writer.use(None)
        if self._connection is not None:
            self._connection.collect()
        for port in self._ports:
            port.close()

    def _note(self, error: Exception) -> None:
        if self._leaving.is_set():
            return
        _losses.labels(self.name).inc()
        reason = f"{str(error) or type(error).__name__} ({self._stage})"
        if reason != self._reason:
            _log.warning("%s has no connection to the broker: %s", self.name, reason)
        self._reason = reason

    def _block(self, blocked: bool) -> None:
        self._writer.block(blocked)
        words = "is short of memory or disk and takes nothing" if blocked else "takes messages again"
        _log.warning("%s: the broker %s.", self.name, words)
