"""Being told to stop: the first signal is heard by whoever waits for it, the second ends the process at once."""

import os
import signal
import socket
from logging import getLogger
from typing import Any, NoReturn

SIGNALS = (signal.SIGTERM, signal.SIGINT)

_log = getLogger(__name__)


class Stopping:
    """Waits for SIGTERM or SIGINT; to be made in the main thread."""

    def __init__(self, grace_seconds: float) -> None:
        self._grace_seconds = grace_seconds
        self._told = False
        # A signal does not wake green threads by itself, but a byte on a socket does.
        self._ear, mouth = socket.socketpair()
        mouth.setblocking(False)
        self._mouth = mouth
        signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
        for each in SIGNALS:
            signal.signal(each, self._hear)
        signal.signal(signal.SIGALRM, self._give_up)

    def wait(self) -> None:
        """Return once the process was told to stop."""
        while not self._told:
            self._ear.recv(1)

    def _hear(self, number: int, frame: Any) -> None:
        if self._told:
            _log.critical("Told to stop twice: the process ends at once.")
            _end()
        self._told = True
        signal.setitimer(signal.ITIMER_REAL, self._grace_seconds)

    def _give_up(self, number: int, frame: Any) -> None:
        _log.critical("Not everything was finished within %s s: the process ends at once.", self._grace_seconds)
        _end()


def _end() -> NoReturn:
    os._exit(1)
