"""Indexes, declared beside what they serve and made at the start."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel

DAY_SECONDS = 86400
DONE_DAYS = 35


class Index:
    """An index over fields, `-` before a name for descending; options are pymongo's."""

    def __init__(self, *names: str, **options: Any) -> None:
        self.keys = [(name.lstrip("-"), DESCENDING if name.startswith("-") else ASCENDING) for name in names]
        self.options = options

    def model(self) -> IndexModel:
        """What pymongo makes."""
        return IndexModel(self.keys, **self.options)


def _expires(field: str, **options: Any) -> Index:
    return Index(field, expireAfterSeconds=DONE_DAYS * DAY_SECONDS, **options)


CHASSIS_INDEXES: dict[str, list[Index]] = {
    "events": [
        Index("stream", "sequence", unique=True),
        Index("subject", "sequence"),
        Index("subject", "position"),
        Index("new", "_id", partialFilterExpression={"new": True}),
        Index("position", unique=True, partialFilterExpression={"position": {"$exists": True}}),
    ],
    "idempotency": [_expires("at")],
    "inbox": [
        _expires("at", partialFilterExpression={"state": "done"}),
        Index("due_at", partialFilterExpression={"state": "waiting"}),
        Index("consumer", "subject", "sequence"),
        Index("state", "at", name="unsettled", partialFilterExpression={"state": "parked"}),
    ],
    "timers": [Index("due_at")],
    "follow_ups": [Index("due_at")],
    "claims": [Index("at", expireAfterSeconds=600)],
    "progress": [],
    "leases": [],
    "slots": [],
    "counters": [],
    "relay": [],
    "installation": [],
    "replays": [Index("state", "_id")],
}
