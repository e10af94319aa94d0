"""The event log read back: after a position, or of one subject; as on the bus, byte for byte."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from services.chassis.errors import Gone
from services.chassis.events import envelope, position_text, source_of
from services.chassis.mongo import Database, Document
from services.chassis.store.log import EVENTS
from services.chassis.store.paging import UnknownCursor

POSITION = re.compile(r"(\d{1,10})-(\d{1,20})")
SCANNED = 5000
REPLAYS = "replays"


def encoded(event: Mapping[str, Any]) -> bytes:
    """A CloudEvent as it is sent."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


class EventLog:
    """A service's log, as consumers may read it: only what has its position, always in that order."""

    def __init__(self, database: Database, *, installation: str, service: str) -> None:
        self._events = database[EVENTS]
        self._installation = database["installation"]
        self._relay = database["relay"]
        self._source = source_of(installation, service)

    def epoch(self) -> int:
        """How often the log was put back to an earlier state, counted from 1."""
        row = self._installation.find_one({"_id": "epoch"})
        return int(row["value"]) if row else 1

    def rows(self, after: int, limit: int, *, until: int | None = None, types: Sequence[str] = ()) -> list[Document]:
        """The rows behind a position, up to another if one is given, of these types if any are named."""
        places = {"$gt": after} if until is None else {"$gt": after, "$lte": until}
        wanted: dict[str, Any] = {"position": places} | ({"type": {"$in": list(types)}} if types else {})
        return list(self._events.find(wanted).sort("position", 1).limit(limit))

    def cloud_event(self, row: Document, epoch: int) -> Document:
        """The CloudEvent of a row."""
        return envelope(row, source=self._source, epoch=epoch)

    def events_after(
        self, position: str | None, types: Sequence[str] = (), subject: str | None = None, limit: int = 50
    ) -> Document:
        """`{"items": [CloudEvent], "next": position or None}`; a page of few types may be short or empty, and go on.

        Raises Gone for a position of an earlier epoch, Invalid for one that was made up.
        """
        epoch = self.epoch()
        after = place_of(position, epoch)
        wanted: Document = {"type": {"$in": list(types)}} if types else {}
        if subject is not None:
            return self._page(wanted | {"subject": subject, "position": {"$gt": after}}, "position", limit, epoch)
        page = self._page(wanted | {"position": {"$gt": after, "$lte": after + SCANNED}}, "position", limit, epoch)
        if page["next"] is None and after + SCANNED < self.last():
            page["next"] = position_text(epoch, after + SCANNED)
        return page

    def events_of(self, subject: str, family: str, after_sequence: int = 0, limit: int = 200) -> list[Document]:
        """The CloudEvents behind a sequence of the aggregate that has events of a type such as `ticket.*`, in order."""
        of_family = {"subject": subject, "type": {"$regex": f"^{re.escape(family)}\\."}}
        known = self._events.find_one(of_family, {"stream": 1})
        if known is None:
            return []
        wanted = {"stream": known["stream"], "sequence": {"$gt": after_sequence}, "position": {"$exists": True}}
        items: list[Document] = self._page(wanted, "sequence", limit, self.epoch())["items"]
        return items

    def replay(self, id: str, queue: str, *, after: str | None, until: str | None, types: Sequence[str]) -> Document:
        """The row that asks the relay to send stored events again to a queue. Raises Gone, Invalid."""
        epoch = self.epoch()
        behind, last = place_of(after, epoch), place_of(until, epoch) or self.last()
        row = {"_id": id, "queue": queue, "position": behind, "until": last, "types": list(types)}
        return row | {"state": "waiting", "attempts": 0}

    def _page(self, wanted: Document, order: str, limit: int, epoch: int) -> Document:
        rows = list(self._events.find(wanted).sort(order, 1).limit(limit + 1))
        items = [self.cloud_event(row, epoch) for row in rows[:limit]]
        return {"items": items, "next": items[-1]["position"] if len(rows) > limit else None}

    def last(self) -> int:
        """The last position that was given; 0 for none."""
        row = self._relay.find_one({"_id": "relay"}, {"next_position": 1})
        return int(row["next_position"]) - 1 if row and "next_position" in row else 0


def place_of(position: str | None, epoch: int) -> int:
    """The number within the log of a position such as `1-00000000000000004711`; 0 for none. Raises Gone, Invalid."""
    if not position:
        return 0
    found = POSITION.fullmatch(position)
    if found is None or int(found[2]) >= 2**63:
        raise UnknownCursor
    if int(found[1]) != epoch:
        raise Gone("The log was restored from a backup since; read it again from its beginning.", epoch=epoch)
    return int(found[2])
