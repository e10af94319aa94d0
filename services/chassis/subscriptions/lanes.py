"""Lanes: what belongs to one subject goes one after the other, different subjects side by side."""

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """Items by key; each lane that is not empty is walked by exactly one walker."""

    def __init__(self) -> None:
        self._lanes: dict[str, deque[T]] = {}
        self._changed = threading.Condition()

    def add(self, key: str, item: T) -> bool:
        """Put the item at the end of its lane; whether the lane is new, so that a walker must be sent."""
        with self._changed:
            new = key not in self._lanes
            self._lanes.setdefault(key, deque()).append(item)
            return new

    def next(self, key: str) -> T | None:
        """The first item of the lane, for its walker; None when it is empty, and the walk is over."""
        with self._changed:
            lane = self._lanes[key]
            if lane:
                return lane.popleft()
            del self._lanes[key]
            self._changed.notify_all()
            return None

    def wait_until_empty(self) -> None:
        """Return once no lane is walked any more."""
        with self._changed:
            self._changed.wait_for(lambda: not self._lanes)
