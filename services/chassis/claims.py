"""Claims on due rows: inbox retries, timers and follow-ups are one thing, a row with an instant at which it is due.

A claim is only a lease. What it is for deletes or finishes the row in the transaction of its effect, with `held` as
the filter, so that whoever lost the row meanwhile leaves no trace. All instants are compared by the database's clock.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from pymongo import ReturnDocument

from services.chassis.clock import now
from services.chassis.ids import new_id
from services.chassis.leases import PROCESS_SECONDS
from services.chassis.mongo import Database
from services.chassis.store import Document

ANY_INSTANT = {"$gt": datetime(1970, 1, 1, tzinfo=UTC)}
IS_DUE = {"$expr": {"$and": [{"$lte": ["$due_at", "$$NOW"]}, {"$lte": ["$until", "$$NOW"]}]}}  # missing is less


class State(StrEnum):
    """Where a row of work stands."""

    WAITING = "waiting"
    PARKED = "parked"
    DONE = "done"


PARKED: Mapping[str, Any] = {"state": State.PARKED, "due_at": None}


def waiting(collection: str) -> Mapping[str, Any]:
    """The filter that fits the rows with an instant; the inbox has an index for them alone."""
    return {"due_at": ANY_INSTANT} | ({"state": State.WAITING} if collection == "inbox" else {})


def long_due(collection: str, before: datetime) -> Mapping[str, Any]:
    """The filter that fits the rows which were due before this instant."""
    return {**waiting(collection), "due_at": ANY_INSTANT | {"$lt": before}}


@dataclass(frozen=True)
class Claim:
    """A row as it was claimed."""

    row: Document

    @property
    def held(self) -> dict[str, Any]:
        """The filter that fits the row for as long as the claim stands."""
        return {"_id": self.row["_id"], "owner": self.row["owner"], "fence": self.row["fence"]}

    @property
    def attempts(self) -> int:
        """How often it failed so far."""
        return int(self.row.get("attempts", 0))


class Claims:
    """The claims of this process on one collection, for the `names` that it knows. May raise PyMongoError."""

    def __init__(
        self, database: Database, collection: str, field: str, names: Iterable[str], seconds: float = PROCESS_SECONDS
    ) -> None:
        self._rows = database[collection]
        self._mine: Mapping[str, Any] = {field: {"$in": sorted(names)}, **waiting(collection)}
        self.due: Mapping[str, Any] = {**self._mine, **IS_DUE}
        self._until = {"$add": ["$$NOW", int(seconds * 1000)]}
        self._running: dict[str, Any] = {}
        self._lock = threading.Lock()

    def take(self) -> Claim | None:
        """Claim the row that is due longest, if one is."""
        owner = new_id()
        fence = {"$add": [{"$ifNull": ["$fence", 0]}, 1]}
        row = self._rows.find_one_and_update(
            self.due,
            [{"$set": {"owner": owner, "fence": fence, "until": self._until}}],
            sort=[("due_at", 1)],
            return_document=ReturnDocument.AFTER,
        )
        if row is None:
            return None
        with self._lock:
            self._running[owner] = row["_id"]
        return Claim(row)

    def seconds_to_next(self, most: float) -> float:
        """Seconds until the next row is due that is not due yet, at most `most`."""
        instant = now()
        soon = {"$gt": instant, "$lt": instant + timedelta(seconds=most)}
        row = self._rows.find_one({**self._mine, "due_at": soon}, {"due_at": 1}, sort=[("due_at", 1)])
        return most if row is None else (row["due_at"] - instant).total_seconds()

    def renew(self) -> None:
        """Hold longer what is still running."""
        with self._lock:
            running = dict(self._running)
        if running:
            held = {"_id": {"$in": list(running.values())}, "owner": {"$in": list(running)}}
            self._rows.update_many(held, [{"$set": {"until": self._until}}])

    def forget(self, claim: Claim) -> None:
        """It runs no more; renew it no longer."""
        with self._lock:
            self._running.pop(claim.row["owner"], None)

    def give_back(self, claim: Claim, seconds: float) -> None:
        """It could not run; let anybody try after `seconds`. No failure is counted."""
        self._let_go(claim, {"due_at": now() + timedelta(seconds=seconds)})

    def fail(self, claim: Claim, pause: float | None, error: str) -> State:
        """It ran and failed; it is due again after `pause` seconds, or parked without one."""
        counted = {"attempts": claim.attempts + 1, "error": error}
        if pause is None:
            self._let_go(claim, counted | {"state": State.PARKED}, "due_at")
            return State.PARKED
        self._let_go(claim, counted | {"due_at": now() + timedelta(seconds=pause)})
        return State.WAITING

    def _let_go(self, claim: Claim, change: dict[str, Any], *unset: str) -> None:
        gone = dict.fromkeys(("owner", "until", *unset), "")
        self._rows.update_one(claim.held, {"$set": change, "$unset": gone})
