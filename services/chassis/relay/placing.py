"""Placing: new events get rising positions, a subject's in sequence, none before its predecessor."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from logging import getLogger

import pymongo

from services.chassis import crash
from services.chassis.mongo import Database, Document
from services.chassis.relay.ledger import STATEMENT_SECONDS, Ledger
from services.chassis.relay.messages import Messages
from services.chassis.relay.order import Unplaced, placeable
from services.chassis.relay.tenure import Tenure
from services.chassis.store.log import EVENTS

BATCH = 500
LOOK_SECONDS = 1.0

Key = tuple[str, int]

_log = getLogger(__name__)


class Placing:
    """Reads what is new in the log and places it by the ledger."""

    def __init__(self, database: Database, ledger: Ledger, messages: Messages) -> None:
        self._events = database[EVENTS]
        self._ledger = ledger
        self._messages = messages

    def run(self, bell: threading.Event, tenure: Tenure) -> None:
        """Place what comes, at the bell or at the next look, until the tenure is over. Raises what went wrong."""
        self._messages.reach(self._ledger.open()["next_position"] - 1)
        while tenure.holds():
            bell.clear()
            if self.place() < BATCH:
                bell.wait(LOOK_SECONDS)

    def place(self) -> int:
        """Place up to a batch; how many were placed."""
        with pymongo.timeout(STATEMENT_SECONDS):
            new, placed = self._gather()
        events = list(placeable(map(_unplaced, new.values()), placed))
        if len(events) < len(new):
            _log.error("%d events wait for a predecessor that is not in the log.", len(new) - len(events))
        if events:
            first = self._ledger.place(events)
            crash.point("relay_after_placing")
            rows = (new[event.stream, event.sequence] for event in events)
            self._messages.add([row | {"position": position} for position, row in enumerate(rows, start=first)])
        return len(events)

    def _gather(self) -> tuple[dict[Key, Document], dict[str, int]]:
        """New events together with their new predecessors, and the last placed sequence of their streams."""
        new = {_key(row): row for row in self._events.find({"new": True}).sort("_id", 1).limit(BATCH)}
        placed: dict[str, int] = {}
        asked: set[Key] = set()
        while wanted := _predecessors(new) - asked:
            asked |= wanted
            for row in self._rows(wanted):
                if "new" in row:
                    new[_key(row)] = row
                else:
                    placed[row["stream"]] = max(row["sequence"], placed.get(row["stream"], 0))
        return new, placed

    def _rows(self, wanted: set[Key]) -> list[Document]:
        streams: dict[int, list[str]] = defaultdict(list)
        for stream, sequence in sorted(wanted):
            streams[sequence].append(stream)
        pairs = [{"stream": {"$in": those}, "sequence": sequence} for sequence, those in streams.items()]
        return list(self._events.find({"$or": pairs}))


def _key(row: Document) -> Key:
    return row["stream"], row["sequence"]


def _unplaced(row: Document) -> Unplaced:
    return Unplaced(id=row["_id"], stream=row["stream"], sequence=row["sequence"])


def _predecessors(new: Iterable[Key]) -> set[Key]:
    before = {(stream, sequence - 1) for stream, sequence in new if sequence > 1}
    return before - set(new)
