"""The events on their way: made once from a row of the log, and at hand for every feed that keeps up."""

import threading
from collections import deque
from collections.abc import Sequence
from itertools import islice

import pymongo

from services.chassis.mongo import Document
from services.chassis.relay.ledger import STATEMENT_SECONDS
from services.chassis.relay.order import Message
from services.chassis.replay import EventLog, encoded

KEPT = 1000


class Messages:
    """What is placed, in position order."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._recent: deque[Message] = deque(maxlen=KEPT)
        self._risen = threading.Condition()
        self._epoch = 0
        self.last = 0

    def reach(self, position: int) -> None:
        """Say that positions up to here are given, though the events are not at hand. Raises PyMongoError."""
        self._epoch = self._log.epoch()
        with self._risen:
            self._recent.clear()
            self.last = position
            self._risen.notify_all()

    def add(self, rows: Sequence[Document]) -> None:
        """Take rows that were placed behind all others."""
        messages = [self._message(row) for row in rows]
        with self._risen:
            self._recent.extend(messages)
            self.last = messages[-1].position
            self._risen.notify_all()

    def wait(self, beyond: int, seconds: float) -> bool:
        """Wait until a position behind `beyond` is given; False when none was in time."""
        with self._risen:
            return self._risen.wait_for(lambda: self.last > beyond, seconds)

    def behind(self, position: int, limit: int) -> list[Message]:
        """The next messages: those at hand, or else those of the log. Raises PyMongoError."""
        with self._risen:
            if self._recent and self._recent[0].position <= position + 1:
                first = position + 1 - self._recent[0].position
                return list(islice(self._recent, first, first + limit))
        with pymongo.timeout(STATEMENT_SECONDS):
            return [self._message(row) for row in self._log.rows(position, limit)]

    def between(self, position: int, until: int, types: Sequence[str], limit: int) -> list[Message]:
        """Messages of the log behind a position and up to another, of these types if any are named."""
        with pymongo.timeout(STATEMENT_SECONDS):
            return [self._message(row) for row in self._log.rows(position, limit, until=until, types=types)]

    def _message(self, row: Document) -> Message:
        body = encoded(self._log.cloud_event(row, self._epoch))
        return Message(row["position"], row["_id"], row["type"], row["subject"], body)
