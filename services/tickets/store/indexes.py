"""The indexes of tickets' collections: a list is read in the order of an index, whatever its sort."""

from services.chassis.store import Index

SORTED_BY = ("created_at", "updated_at", "priority")
NARROWED_BY = ((), ("status",), ("group",), ("desk",), ("assignee", "status"))
LISTS = [Index("box", *names, f"-{by}", "-_id") for names in NARROWED_BY for by in SORTED_BY]

TICKETS = [
    Index("number", unique=True),
    Index("customer", "-created_at", "-_id"),
    Index("customer", "desk", "-opened_at"),
    *LISTS,
]
ACTIVITIES = [
    Index("ticket", "at", "_id"),
    Index("source", unique=True, name="one_of_a_source", partialFilterExpression={"source": {"$gt": ""}}),
]
