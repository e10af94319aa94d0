"""The doorbell of due rows: told when a timer or a follow-up was written here, so that none waits for the next look."""

import threading

_bells: list[threading.Event] = []


def listen() -> threading.Event:
    """A bell that rings whenever rows of work were written by this process."""
    bell = threading.Event()
    _bells.append(bell)
    return bell


def changed() -> None:
    """Ring the bells."""
    for bell in _bells:
        bell.set()
