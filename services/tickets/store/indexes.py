"""The indexes of tickets' collections: a list is read in the order of an index, whatever its sort."""

from services.chassis.store import Index

SORTED_BY = ("created_at", "updated_at", "priority")
NARROWED_BY = ("status", "group", "assignee", "desk")


def _lists() -> list[Index]:
    plain = [Index("box", f"-{by}", "-_id") for by in SORTED_BY]
    narrowed = [Index("box", name, f"-{by}", "-_id") for name in NARROWED_BY for by in SORTED_BY]
    return plain + narrowed


TICKETS = [
    Index("number", unique=True),
    Index("customer", "-created_at", "-_id"),
    Index("customer", "desk", "-opened_at"),
    *_lists(),
]
ACTIVITIES = [
    Index("ticket", "at", "_id"),
    Index("source", unique=True, partialFilterExpression={"source": {"$type": "string"}}),
]
