"""What waits to be written to one socket, in order, each with its deadline."""

from collections import deque
from math import inf
from time import monotonic
from typing import NamedTuple

WHOLE_WRITE_BYTES = 65_536


class Entry(NamedTuple):
    """Frames that are written together; with an epoch they are worth nothing on any later connection."""

    frames: bytes
    deadline: float = inf
    epoch: int | None = None


class Outbox:
    """Any thread puts, one thread takes."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque()
        self.put = self._entries.append

    def __len__(self) -> int:
        return len(self._entries)

    def take(self, epoch: int) -> bytes:
        """What may go out on this connection now, joined into one write of a sensible size."""
        frames, size, now = [], 0, monotonic()
        while self._entries and size < WHOLE_WRITE_BYTES:
            entry = self._entries.popleft()
            if entry.deadline > now and entry.epoch in (None, epoch):
                frames.append(entry.frames)
                size += len(entry.frames)
        return b"".join(frames)

    def forget(self, epoch: int) -> None:
        """Remove from the front what is too late, or belongs to a connection before this one."""
        now = monotonic()
        while self._entries:
            front = self._entries[0]
            if front.deadline > now and (front.epoch is None or front.epoch >= epoch):
                return
            self._entries.popleft()
