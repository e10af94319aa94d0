"""The relay's one row: the next position to give, how far each feed has come, and the fence of who may write it."""

from collections.abc import Sequence

import pymongo
from pymongo import ReturnDocument, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.read_concern import ReadConcern

from services.chassis import crash
from services.chassis.mongo import Database, Document
from services.chassis.relay.order import Unplaced
from services.chassis.store.log import EVENTS
from services.chassis.store.unit import DURABLE

RELAY = "relay"
STATEMENT_SECONDS = 10.0
AT_FIRST = {"next_position": 1, "published": 0, "forwarded": 0}


class Deposed(Exception):
    """Another relay holds the log now; this one must not write a word more."""


class Ledger:
    """What the relay has written down, for as long as its fence is the highest."""

    def __init__(self, database: Database, fence: int) -> None:
        self._database = database
        self._mine = {"_id": RELAY, "fence": fence}

    def open(self) -> Document:
        """The row, made complete at the very first time. Raises Deposed."""
        complete = {name: {"$ifNull": [f"${name}", value]} for name, value in AT_FIRST.items()}
        row = self._database[RELAY].find_one_and_update(
            self._mine, [{"$set": complete}], return_document=ReturnDocument.AFTER
        )
        if row is None:
            raise Deposed
        return row

    def place(self, events: Sequence[Unplaced]) -> int:
        """Give the events the next positions, in this order, all or none; the first one given. Raises Deposed."""
        with pymongo.timeout(STATEMENT_SECONDS), self._database.client.start_session() as session:
            return session.with_transaction(
                lambda session: self._place(events, session),
                read_concern=ReadConcern("snapshot"),
                write_concern=DURABLE,
            )

    def _place(self, events: Sequence[Unplaced], session: ClientSession) -> int:
        raised = {"$inc": {"next_position": len(events)}}
        row = self._database[RELAY].find_one_and_update(
            self._mine, raised, return_document=ReturnDocument.BEFORE, session=session
        )
        if row is None:
            raise Deposed
        first: int = row["next_position"]
        placed = self._database[EVENTS].bulk_write(
            [
                UpdateOne({"_id": event.id, "new": True}, {"$set": {"position": position}, "$unset": {"new": ""}})
                for position, event in enumerate(events, start=first)
            ],
            ordered=False,
            session=session,
        )
        crash.point("relay_while_placing")
        if placed.modified_count != len(events):
            raise RuntimeError(f"{len(events) - placed.modified_count} events were no longer there to be placed.")
        return first

    def advance(self, watermark: str, before: int, after: int) -> None:
        """Move `published` or `forwarded` on. Raises Deposed."""
        with pymongo.timeout(STATEMENT_SECONDS):
            moved = self._database[RELAY].update_one({**self._mine, watermark: before}, {"$set": {watermark: after}})
        if not moved.matched_count:
            raise Deposed
