"""Tickets and their activities, and the named queries over them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.chassis.context import Actor
from services.chassis.errors import Stale
from services.chassis.events import Event
from services.chassis.store import Aggregates, Document, Sort, Table
from services.chassis.store.codec import to_document
from services.chassis.store.paging import UnknownCursor
from services.tickets.domain.activity import Activity
from services.tickets.domain.lifecycle import OPEN
from services.tickets.domain.tags import tag_key
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import Box
from services.tickets.errors import UnknownReference
from services.tickets.events import ActivityRecorded, ActivityUpdated
from services.tickets.store import indexes
from services.tickets.store.desks import DeskStore
from services.tickets.store.people import PeopleStore

NEWEST_FIRST: Sort = [("created_at", -1)]
OLDEST_FIRST: Sort = [("at", 1)]


class TicketStore(DeskStore, PeopleStore):
    """Everything that tickets keeps."""

    tickets = Aggregates(Ticket, "tickets", indexes=indexes.TICKETS)
    activities = Aggregates(Activity, "activities", indexes=indexes.ACTIVITIES)
    tags = Table("tags")

    def ticket(self, name: str, if_version: int | None = None) -> Ticket:
        """A ticket by its id or its number. Raises NotFound, and Stale with the ticket as it is shown."""
        ticket = self.tickets.one(_by(name), name=name)
        if if_version is not None and ticket.version != if_version:
            raise Stale("The ticket was changed meanwhile.", current=self.shown(ticket))
        return ticket

    def ticket_named(self, field: str, name: str | None) -> str | None:
        """The id of the ticket that a field of a request names. Raises UnknownReference."""
        if name is None:
            return None
        ticket = self.tickets.find_one(_by(name))
        if ticket is None:
            raise UnknownReference(field, name)
        return ticket.id

    def add_ticket(self, ticket: Ticket, *events: Event) -> Document:
        """Store a new ticket; it as it is shown."""
        return self.shown(self.add(ticket, *events))

    def save_ticket(self, ticket: Ticket, *events: Event) -> Document:
        """Store a ticket to which something happened, if anything did; it as it is shown."""
        return self.shown(self.save(ticket, *events) if events else ticket)

    def record(self, ticket: Ticket, *activities: Activity | None, **more: Any) -> list[ActivityRecorded]:
        """Store the entries that there are; their events, to be stored with the ticket."""
        entries = [activity for activity in activities if activity is not None]
        if entries:
            self.activities.rows.insert(*(to_document(activity) for activity in entries))
        return [ActivityRecorded.entry(ticket, activity, **more) for activity in entries]

    def rewrite(self, ticket: Ticket, before: Activity, after: Activity) -> Activity:
        """Store an entry that changed, where it did change, with its ticket."""
        if after != before:
            self.activities.rows.put(after.id, to_document(after))
            self.save(ticket, ActivityUpdated.change(ticket, before, after))
        return after

    def known(self, id: str | None) -> Ticket | None:
        """The ticket of this id, if there is one."""
        return self.tickets.find_one({"_id": id}) if id else None

    def has(self, source: str) -> bool:
        """Whether there is an entry for this thing outside."""
        return self.activities.rows.find_one({"source": source}) is not None

    def shown(self, ticket: Ticket) -> Document:
        """A ticket with its customer, as it is shown."""
        return self.all_shown([ticket])[0]

    def all_shown(self, tickets: Sequence[Ticket]) -> list[Document]:
        """Tickets with their customers, as they are shown."""
        contacts = self.contacts({ticket.customer for ticket in tickets if ticket.customer})
        return [vars(ticket) | {"customer": contacts.get(ticket.customer or "")} for ticket in tickets]

    def latest_open(self, customer: str, desk: str) -> Ticket | None:
        """The customer's most recently opened ticket at the desk that is still open (R26).

        Its absence is decided on: who comes at the same time waits for this transaction.
        """
        self.touch(f"open|{customer}|{desk}")
        wanted = {"customer": customer, "desk": desk, "status": {"$in": sorted(OPEN)}, "box": Box.MAIN}
        return self.tickets.find_one(wanted, sort=[("opened_at", -1)])

    def page_of_inquiries(self, ticket: Ticket, limit: int, cursor: str | None) -> Document:
        """Earlier tickets of the same customer, the newest first (R53)."""
        earlier = {"customer": ticket.customer or "", "created_at": {"$lt": ticket.created_at}}
        return self.page_of_tickets(earlier, NEWEST_FIRST, limit, cursor)

    def page_of_tickets(self, filter: Document, sort: Sort, limit: int, cursor: str | None) -> Document:
        """A page of tickets as they are shown."""
        page = self.page(self.tickets, filter, sort=sort, limit=limit, cursor=cursor)
        return page | {"items": self.all_shown(page["items"])}

    def page_of_activities(self, ticket: Ticket, limit: int, cursor: str | None) -> Document:
        """What happened, oldest first."""
        return self.page(self.activities, {"ticket": ticket.id}, sort=OLDEST_FIRST, limit=limit, cursor=cursor)

    def page_of_history(self, ticket: Ticket, limit: int, cursor: str | None) -> Document:
        """The events of a ticket in their order; the cursor is the last sequence, which has no double and no gap."""
        later = {"subject": ticket.id, "sequence": {"$gt": _sequence(cursor)}}
        rows = self.rows("events").find(later, [("sequence", 1)], limit + 1)
        items = [row | {"actor": Actor.parse(row["actor"], row.get("actor_name", ""))} for row in rows[:limit]]
        return {"items": items, "next": str(rows[limit - 1]["sequence"]) if len(rows) > limit else None}

    def resolved(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Conditions on customers and tags as conditions on what tickets hold."""
        found = dict(wanted)
        numbers, emails = found.pop("customer_number", None), found.pop("email", None)
        if numbers is not None or emails is not None:
            named = self.customers_with(numbers=numbers, emails=emails)
            found["customer_id"] = [id for id in named if id in found.get("customer_id", named)]
        if "tag" in found:
            rows = self.tags.find({"_id": {"$in": [tag_key(name) for name in found["tag"]]}})
            found["tag"] = [row["name"] for row in rows]
        return found

    def tagged(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Changes whose tags, if there are any, are written as they were first."""
        return changes | {"tags": self.registered(changes["tags"])} if "tags" in changes else changes

    def registered(self, names: Iterable[str]) -> tuple[str, ...]:
        """The tags as they are first written: two that only look different are one (R39)."""
        keys = {tag_key(name): name for name in names}
        known = {row["_id"]: row["name"] for row in self.tags.find({"_id": {"$in": list(keys)}})}
        fresh = [{"_id": key, "name": name} for key, name in keys.items() if key not in known]
        if fresh:
            self.tags.insert(*fresh)
        return tuple(known.get(key, name) for key, name in keys.items())


def _by(name: str) -> Document:
    return {"number": int(name)} if name.isdecimal() and len(name) < 19 else {"_id": name}


def _sequence(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal() or len(cursor) > 18:
        raise UnknownCursor
    return int(cursor)
