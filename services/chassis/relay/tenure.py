"""The time for which this process is the relay: a lease, renewed until it is lost, given up, or has run out."""

import threading
from logging import getLogger
from time import monotonic

import pymongo
from pymongo.errors import PyMongoError

from services.chassis.leases import PROCESS_SECONDS, RENEW_SECONDS, Lease

_log = getLogger(__name__)


class Tenure:
    """Whether this process may still act; one that was paused for longer than its lease may not."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._over = threading.Event()
        self._until = 0.0

    def begin(self) -> int | None:
        """Take the lease; its fence, or None when another process has it. Raises PyMongoError."""
        asked = monotonic()
        with pymongo.timeout(PROCESS_SECONDS):
            fence = self._lease.acquire()
        if fence is not None:
            self._until = asked + PROCESS_SECONDS
        return fence

    def keep(self) -> None:
        """Renew until it is over."""
        while self.holds():
            self._over.wait(RENEW_SECONDS)
            if not self._over.is_set():
                self._renew()
        self.end()

    def release(self) -> None:
        """Let go, so that nobody has to wait until the lease has run out."""
        try:
            with pymongo.timeout(PROCESS_SECONDS):
                self._lease.release()
        except PyMongoError as error:
            _log.warning("The lease runs out by itself, since it cannot be released: %s", error)

    def holds(self) -> bool:
        """Whether this process is the relay."""
        return not self._over.is_set() and monotonic() < self._until

    def end(self) -> None:
        """Say that it is over."""
        self._over.set()

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        self._over.wait(seconds)

    def _renew(self) -> None:
        asked = monotonic()
        try:
            with pymongo.timeout(RENEW_SECONDS):
                renewed = self._lease.renew()
            if renewed:
                self._until = asked + PROCESS_SECONDS
            else:
                self.end()
        except PyMongoError as error:
            _log.warning("The relay's lease cannot be renewed now: %s", error)
