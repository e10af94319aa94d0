"""Leases in MongoDB: an expiring right with an owner and a rising fence; instants are the database's own."""

from typing import Any

from pymongo import ReturnDocument

from services.chassis.mongo import Database
from services.chassis.store.unit import DURABLE

PROCESS_SECONDS = 6.0
RENEW_SECONDS = 2.0


class Lease:
    """The lease `name` of one database, as this owner sees it. Every call may raise PyMongoError."""

    def __init__(
        self,
        database: Database,
        name: str,
        owner: str,
        *,
        seconds: float = PROCESS_SECONDS,
        collection: str = "leases",
    ) -> None:
        self.name = name
        self.owner = owner
        self.fence: int | None = None
        self._until = {"$add": ["$$NOW", int(seconds * 1000)]}
        self._leases = database.get_collection(collection, write_concern=DURABLE)

    def acquire(self) -> int | None:
        """Take the lease if it is free, with a fence higher than any before; None when somebody holds it."""
        free = {"$expr": {"$or": [{"$lte": [{"$ifNull": ["$until", "$$NOW"]}, "$$NOW"]}, {"$eq": ["$owner", None]}]}}
        rise = {"$add": [{"$ifNull": ["$fence", 0]}, 1]}
        taken = [{"$set": {"owner": {"$literal": self.owner}, "fence": rise, "until": self._until}}]
        self._leases.update_one({"_id": self.name}, {"$setOnInsert": {"fence": 0, "owner": None}}, upsert=True)
        row = self._leases.find_one_and_update({"_id": self.name, **free}, taken, return_document=ReturnDocument.AFTER)
        if row is None:
            return None
        self.fence = row["fence"]
        return self.fence

    def renew(self) -> bool:
        """Hold it longer; False when it is somebody else's by now, and nothing more may be done under it."""
        change = [{"$set": {"until": self._until}}]
        return bool(self._leases.update_one(self._held(), change).matched_count)

    def release(self) -> None:
        """Let it go, if it is still ours."""
        self._leases.update_one(self._held(), [{"$set": {"until": "$$NOW", "owner": None}}])
        self.fence = None

    def _held(self) -> dict[str, Any]:
        valid = {"$expr": {"$gt": ["$until", "$$NOW"]}}
        return {"_id": self.name, "owner": self.owner, "fence": self.fence, **valid}
