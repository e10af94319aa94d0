"""Leases in MongoDB: an expiring right with an owner and a rising fence; instants are the database's own."""

from typing import Any

from pymongo import ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.store.unit import DURABLE

PROCESS_SECONDS = 6.0
RENEW_SECONDS = 2.0


class Lease:
    """The lease `name` of one database, as this owner sees it. Every call may raise PyMongoError."""

    def __init__(
        self,
        database: Database[dict[str, Any]],
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
        fence = {"$add": [{"$ifNull": ["$fence", 0]}, 1]}
        taken = [{"$set": {"owner": {"$literal": self.owner}, "fence": fence, "until": self._until}}]
        try:
            row = self._leases.find_one_and_update(
                {"_id": self.name, **free}, taken, upsert=True, return_document=ReturnDocument.AFTER
            )
        except DuplicateKeyError:  # it is there, and held
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
