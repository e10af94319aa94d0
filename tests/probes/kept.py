"""Processes that are started again whenever they die, as a supervisor would, and told where to die."""

import threading
from collections.abc import Callable, Iterable

from tests.probes.processes import ServiceProcess

LOOK_SECONDS = 0.1


class Kept:
    """One replica for as long as the block lasts; each of its lives may be told of a crash point."""

    def __init__(self, start: Callable[[str], ServiceProcess], crash_points: Iterable[str] = ()) -> None:
        self._start = start
        self._crash_points = list(crash_points)
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self.lives = [self._begin()]

    def __enter__(self) -> "Kept":
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._keeper.join()
        self.lives[-1].end()

    @property
    def crashes(self) -> list[str]:
        """The crash points at which it died, in order, as its lives said themselves."""
        return [line["crash"] for life in list(self.lives) for line in life.logged() if "crash" in line]

    def _begin(self) -> ServiceProcess:
        return self._start(self._crash_points.pop(0) if self._crash_points else "")

    def _keep(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            if not self.lives[-1].running:
                self.lives[-1].end()
                self.lives.append(self._begin())
