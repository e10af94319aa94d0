"""Waiting for what must become true, with a limit."""

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")

PAUSE_SECONDS = 0.05


def eventually(check: Callable[[], Seen], within: float = 10.0) -> Seen:
    """Asks until the answer is true, and gives it back; a check may also assert, and is then asked again likewise."""
    deadline = time.monotonic() + within
    while True:
        last = time.monotonic() >= deadline
        try:
            seen = check()
        except AssertionError:
            if last:
                raise
        else:
            if seen:
                return seen
            if last:
                raise AssertionError(f"Not within {within} s; at the end it was {seen!r}.")
        time.sleep(PAUSE_SECONDS)
