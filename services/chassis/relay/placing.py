"""Placing: new events get rising positions, a subject's in sequence, none before its predecessor."""

import threading
from collections.abc import Iterable
from logging import getLogger

from services.chassis import crash
from services.chassis.mongo import Database, Document
from services.chassis.relay.ledger import Ledger
from services.chassis.relay.order import Unplaced, placeable
from services.chassis.relay.progress import Progress
from services.chassis.relay.tenure import Tenure
from services.chassis.store.log import EVENTS

BATCH = 500
LOOK_SECONDS = 1.0
OUTLINE = {"subject": 1, "sequence": 1, "new": 1}

_log = getLogger(__name__)


class Placing:
    """Reads what is new in the log and places it by the ledger."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._events = database[EVENTS]
        self._ledger = ledger

    def run(self, bell: threading.Event, progress: Progress, tenure: Tenure) -> None:
        """Place what comes, at the bell or at the next look, until the tenure is over. Raises what went wrong."""
        progress.reach(self._ledger.open()["next_position"] - 1)
        while tenure.holds():
            bell.clear()
            last = self.place()
            if last is None:
                bell.wait(LOOK_SECONDS)
            else:
                progress.reach(last)

    def place(self) -> int | None:
        """Place up to a batch; the last position given, or None when there was nothing to place."""
        new, placed = self._gather()
        events = list(placeable(new, placed))
        if len(events) < len(new):
            _log.error("%d events wait for a predecessor that is not in the log.", len(new) - len(events))
        if not events:
            return None
        last = self._ledger.place(events)
        crash.point("relay_after_placing")
        return last

    def _gather(self) -> tuple[list[Unplaced], dict[str, int]]:
        """New events together with their new predecessors, and the last placed sequence of their subjects."""
        oldest = self._events.find({"new": True}, OUTLINE).sort("_id", 1).limit(BATCH)
        gathered = {(event.subject, event.sequence): event for event in map(_unplaced, oldest)}
        placed: dict[str, int] = {}
        asked: set[tuple[str, int]] = set()
        while wanted := _predecessors(gathered) - asked:
            asked |= wanted
            for row in self._rows(wanted):
                key = row["subject"], row["sequence"]
                if "new" in row:
                    gathered[key] = _unplaced(row)
                else:
                    placed[row["subject"]] = max(row["sequence"], placed.get(row["subject"], 0))
        return list(gathered.values()), placed

    def _rows(self, wanted: set[tuple[str, int]]) -> list[Document]:
        subjects, sequences = (sorted(set(each)) for each in zip(*wanted, strict=True))
        found = self._events.find({"subject": {"$in": subjects}, "sequence": {"$in": sequences}}, OUTLINE)
        return [row for row in found if (row["subject"], row["sequence"]) in wanted]


def _unplaced(row: Document) -> Unplaced:
    return Unplaced(id=row["_id"], subject=row["subject"], sequence=row["sequence"])


def _predecessors(gathered: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    known = set(gathered)
    before = {(subject, sequence - 1) for subject, sequence in known if sequence > 1}
    return before - known
