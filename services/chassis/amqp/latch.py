"""The cheapest way to wake one waiter, with real threads and with green ones."""

import threading
from contextlib import suppress


class Latch:
    """Is set by anyone, any number of times; one waiter waits for it and takes it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def set(self) -> None:
        """Wake the waiter, or let the next one pass."""
        if self._lock.locked():
            with suppress(RuntimeError):  # somebody else was quicker
                self._lock.release()

    def wait(self, seconds: float) -> bool:
        """Whether it was set within so many seconds."""
        return self._lock.acquire(timeout=max(seconds, 0.0))
