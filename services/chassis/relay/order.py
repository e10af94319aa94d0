"""In which order events get their positions, and which of them may be on their way at once. Pure."""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Unplaced:
    """An event that has no position yet."""

    id: str
    stream: str
    sequence: int


@dataclass(frozen=True)
class Message:
    """A placed event as it leaves."""

    position: int
    id: str
    type: str
    subject: str
    body: bytes


def placeable(new: Iterable[Unplaced], placed: Mapping[str, int]) -> Iterator[Unplaced]:
    """The events that may be placed now: about as they came, a stream's in sequence, none before its predecessor.

    `placed` is {stream: the last sequence that has a position}; a stream that is not in it has none.
    """
    arrived = sorted(new, key=lambda event: event.id)
    chains: dict[str, deque[Unplaced]] = {}
    for event in sorted(arrived, key=lambda event: event.sequence):
        chains.setdefault(event.stream, deque()).append(event)
    reached = dict(placed)
    for event in arrived:
        chain = chains[event.stream]
        if chain[0].sequence == reached.get(event.stream, 0) + 1:
            reached[event.stream] = chain[0].sequence
            yield chain.popleft()


class Window:
    """The messages between the log and the broker: of one subject, only one is on its way at a time."""

    def __init__(self, watermark: int) -> None:
        self.watermark = watermark
        self.last = watermark
        self._ready: list[tuple[int, Message]] = []
        self._behind: dict[str, deque[Message]] = {}
        self._done: list[int] = []

    def add(self, messages: Iterable[Message]) -> None:
        """Take the next messages of the log, in position order and without a gap."""
        for message in messages:
            self.last = message.position
            if message.subject in self._behind:
                self._behind[message.subject].append(message)
            else:
                self._behind[message.subject] = deque()
                heapq.heappush(self._ready, (message.position, message))

    def take(self, limit: int) -> list[Message]:
        """Up to `limit` messages that may leave together, the oldest first."""
        return [heapq.heappop(self._ready)[1] for _ in range(min(limit, len(self._ready)))]

    def confirm(self, message: Message) -> None:
        """The broker has it: the next one of its subject may leave, and the watermark may rise."""
        behind = self._behind[message.subject]
        if behind:
            heapq.heappush(self._ready, (behind[0].position, behind.popleft()))
        else:
            del self._behind[message.subject]
        heapq.heappush(self._done, message.position)
        while self._done and self._done[0] == self.watermark + 1:
            self.watermark = heapq.heappop(self._done)

    def give_back(self, message: Message) -> None:
        """The broker did not take it: it leaves again, before all that follow it in its subject."""
        heapq.heappush(self._ready, (message.position, message))

    @property
    def held(self) -> int:
        """How many messages are not known to have arrived."""
        return self.last - self.watermark - len(self._done)
