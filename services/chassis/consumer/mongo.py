"""An inbox in MongoDB: `done` joins the transaction of the session given to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from .event import Event
from .inbox import AlreadyDone

KEPT_SECONDS = 35 * 86400
INDEXES = [
    IndexModel([("consumer", ASCENDING), ("subject", ASCENDING), ("sequence", ASCENDING)]),
    IndexModel([("consumer", ASCENDING), ("due_at", ASCENDING)], partialFilterExpression={"done": False}),
    IndexModel([("at", ASCENDING)], expireAfterSeconds=KEPT_SECONDS, partialFilterExpression={"done": True}),
]


class MongoInbox:
    """The inbox of one consumer, in two collections of the database in which its handler works."""

    def __init__(self, database: Database[dict[str, Any]], consumer: str, collection: str = "inbox") -> None:
        self._consumer = consumer
        self._rows = database[collection]
        self._progress = database[f"{collection}_progress"]
        self._rows.create_indexes(INDEXES)
        if self._progress.name not in database.list_collection_names():
            database.create_collection(self._progress.name)

    def seen(self, event_id: str) -> bool:
        """Whether the event had its effect."""
        return self._rows.count_documents({"_id": self._key(event_id), "done": True}, limit=1) == 1

    def done(self, event: Event, transaction: ClientSession) -> None:
        """Note within the transaction that the event has its effect. Raises AlreadyDone."""
        note = {"$set": self._row(event) | {"done": True}, "$currentDate": {"at": True}, "$unset": {"event": ""}}
        try:
            self._rows.update_one(
                {"_id": self._key(event.id), "done": {"$ne": True}}, note, upsert=True, session=transaction
            )
        except DuplicateKeyError:
            raise AlreadyDone(event.id) from None
        self._progress.update_one(
            {"_id": self._key(event.subject)}, {"$max": {"sequence": event.sequence}}, upsert=True, session=transaction
        )

    def later(self, event: Event, reason: str, due_at: datetime | None) -> None:
        """Keep the event."""
        kept = self._row(event) | {"done": False, "reason": reason, "due_at": due_at, "event": event.text()}
        try:
            self._rows.update_one({"_id": self._key(event.id), "done": {"$ne": True}}, {"$set": kept}, upsert=True)
        except DuplicateKeyError:  # it had its effect meanwhile
            return

    def due(self, at: datetime) -> Sequence[Event]:
        """The kept events that are due."""
        found = self._rows.find({"consumer": self._consumer, "done": False, "due_at": {"$lte": at}})
        return [Event.read(row["event"]) for row in found.sort([("subject", 1), ("sequence", 1)])]

    def reached(self, subject: str) -> int:
        """The last sequence of the subject that is done."""
        row = self._progress.find_one({"_id": self._key(subject)})
        return int(row["sequence"]) if row else 0

    def gaps(self) -> Sequence[tuple[str, int]]:
        """(subject, sequence) of what never came; it looks as far back as done rows are kept."""
        missing: list[tuple[str, int]] = []
        last = ("", 0)
        order = [("subject", 1), ("sequence", 1)]
        for row in self._rows.find({"consumer": self._consumer}, {"subject": 1, "sequence": 1}).sort(order):
            before = last[1] if row["subject"] == last[0] else 0
            missing += [(row["subject"], number) for number in range(before + 1, row["sequence"])]
            last = row["subject"], row["sequence"]
        return missing

    def _key(self, name: str) -> str:
        return f"{self._consumer}|{name}"

    def _row(self, event: Event) -> dict[str, Any]:
        return {"consumer": self._consumer, "subject": event.subject, "sequence": event.sequence}
