"""The gate before a consumer's work: shut while what the work needs is unavailable, and tried by one at a time."""

import threading
from collections.abc import Callable
from time import monotonic

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0


class Gate:
    """Open at first. A failure shuts it; after a pause, doubled each time, one may try, and its success opens it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._shut = self._trying = self._stopped = False
        self._pause = FIRST_PAUSE_SECONDS
        self._until = 0.0

    @property
    def stopped(self) -> bool:
        """Whether nobody will be let in any more."""
        return self._stopped

    @property
    def rest(self) -> float:
        """Seconds until the next one may try."""
        return self._until - self._clock()

    def enter(self) -> bool:
        """Wait for one's turn; False when there will be none, because the gate was stopped."""
        with self._changed:
            while not self._stopped:
                if not self._shut:
                    return True
                if self.rest <= 0 and not self._trying:
                    self._trying = True
                    return True
                self._changed.wait(None if self._trying else self.rest)
            return False

    def passed(self) -> None:
        """Somebody's work could be done: everybody may enter."""
        with self._changed:
            self._shut = self._trying = False
            self._pause = FIRST_PAUSE_SECONDS
            self._changed.notify_all()

    def failed(self) -> None:
        """Somebody's work could not be done: nobody may enter for a while."""
        with self._changed:
            if not self._shut:
                self._shut = True
                self._until = self._clock() + self._pause
            elif self._trying:
                self._trying = False
                self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
                self._until = self._clock() + self._pause
            self._changed.notify_all()

    def stop(self) -> bool:
        """Let nobody in any more; whether that is news."""
        with self._changed:
            news, self._stopped = not self._stopped, True
            self._changed.notify_all()
            return news
