"""How far the log is placed, told by the one thread that places to those that publish."""

import threading


class Progress:
    """The last position that was given."""

    def __init__(self) -> None:
        self._last = 0
        self._risen = threading.Condition()

    def reach(self, position: int) -> None:
        """Say that positions up to here are given."""
        with self._risen:
            self._last = max(self._last, position)
            self._risen.notify_all()

    def wait(self, beyond: int, seconds: float) -> bool:
        """Wait until a position behind `beyond` is given; False when none was in time."""
        with self._risen:
            return self._risen.wait_for(lambda: self._last > beyond, seconds)
