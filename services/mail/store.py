"""What mail keeps: inbound mails, messages, threads, drafts, deliveries, and the desks' addresses."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from pymongo import ReturnDocument

from services.chassis.blobs import Blobs
from services.chassis.ids import new_id
from services.chassis.store import Aggregates, Index, Repository, Table
from services.chassis.store.codec import from_document, to_document
from services.mail.domain.deliveries import Delivery, DeliveryState
from services.mail.domain.drafts import Draft
from services.mail.domain.inbound import Inbound
from services.mail.domain.messages import Direction, Message
from services.mail.events import DraftSaved, InboundStored, told

CLAIM_MILLISECONDS = 120_000
NEWEST_FIRST = [("received_at", -1)]
LAST_TOUCHED_FIRST = [("updated_at", -1)]
NEXT_FIRST = [("next_at", 1)]
WAITING = [DeliveryState.QUEUED, DeliveryState.DEFERRED]


class MailStore(Repository):
    """Mail's database."""

    inbound = Aggregates(
        Inbound,
        "inbound",
        indexes=[
            Index("mailbox", "fingerprint", unique=True),
            Index("message"),
            Index("digest"),
            Index("-received_at", "-_id"),
            Index("verdict", "-received_at", "-_id"),
            Index("mailbox", "-received_at", "-_id"),
            Index("sender", "-received_at", "-_id"),
        ],
    )
    messages = Aggregates(
        Message,
        "messages",
        indexes=[
            Index("message_id"),
            Index("ticket", "-at", "-_id"),
            Index("inbound", sparse=True),
            Index("digest"),
            Index("attachments.digest"),
        ],
    )
    drafts = Aggregates(
        Draft,
        "drafts",
        indexes=[
            Index("message", unique=True),
            Index("-updated_at", "-_id"),
            Index("ticket", "-updated_at", "-_id"),
            Index("author", "-updated_at", "-_id"),
            Index("state", "-updated_at", "-_id"),
        ],
    )
    threads = Table("threads")
    deliveries = Aggregates(
        Delivery,
        "deliveries",
        indexes=[
            Index("message"),
            Index("state", "next_at", "_id"),
            Index("until", partialFilterExpression={"state": DeliveryState.HANDING_OVER.value}),
        ],
    )
    desks = Table("desks", indexes=[Index("keys")])

    @property
    def blobs(self) -> Blobs:
        """Raw mails and attachments, kept durably and outside of any transaction."""
        return Blobs(self.database)

    def named(self, digests: Collection[str]) -> set[str]:
        """Those of the digests that an inbound mail, a message or an attachment names."""
        wanted = {"$in": list(digests)}
        attached = self.messages.rows.find({"attachments.digest": wanted}, projection={"attachments.digest": 1})
        return {
            *(row["digest"] for row in self.inbound.rows.find({"digest": wanted}, projection={"digest": 1})),
            *(row["digest"] for row in self.messages.rows.find({"digest": wanted}, projection={"digest": 1})),
            *(part["digest"] for row in attached for part in row["attachments"]),
        }

    def receive(self, mailbox: str, fingerprint: str, *, digest: str, size: int, at: datetime) -> Inbound:
        """Keep a mail to a mailbox; the same mail to the same mailbox is kept once."""
        mailbox = mailbox.casefold()
        known = self.inbound.find_one({"mailbox": mailbox, "fingerprint": fingerprint})
        if known is not None:
            return known
        inbound = Inbound(
            id=new_id(), mailbox=mailbox, fingerprint=fingerprint, digest=digest, size=size, received_at=at
        )
        return self.add(inbound, InboundStored.of(inbound))

    def referred(self, identifiers: Iterable[str]) -> list[Message]:
        """The known messages of these Message-IDs, in the order in which they were asked for."""
        wanted = list(dict.fromkeys(identifiers))
        found = self.messages.find({"message_id": {"$in": wanted}}) if wanted else []
        return sorted(found, key=lambda message: wanted.index(message.message_id))

    def participants(self, tickets: Iterable[str]) -> dict[str, frozenset[str]]:
        """The folded addresses that take part in the threads of these tickets."""
        rows = self.threads.find({"_id": {"$in": list(tickets)}})
        return {row["_id"]: frozenset(row["participants"]) for row in rows}

    def head(self, ticket: str) -> str | None:
        """The last message, in or out, of a ticket's thread."""
        row = self.threads.get(ticket)
        return row["head"] if row else None

    def move_head(self, ticket: str, message: Message) -> None:
        """Let a message be the last of its ticket's thread; whoever wrote or read it takes part from now on."""
        change = {"$set": {"head": message.id}, "$addToSet": {"participants": {"$each": sorted(message.participants)}}}
        self.threads.update({"_id": ticket}, change, upsert=True)

    def after(self, ticket: str, seen: str | None) -> list[Message]:
        """What came into the thread after the message that somebody saw, the newest first, at most ten."""
        based_on = self.messages.find_one({"_id": seen}) if seen else None
        later = {"at": {"$gt": based_on.at}} if based_on else {}
        found = self.messages.find({"ticket": ticket, **later}, [("at", -1), ("_id", -1)], limit=10)
        return [message for message in found if message.id != seen]

    def last_inbound(self, ticket: str) -> Message | None:
        """The newest mail of the customer in a ticket's thread."""
        newest = self.messages.find({"ticket": ticket}, [("at", -1), ("_id", -1)], limit=50)
        return next((message for message in newest if message.direction is Direction.IN), None)

    def deliveries_of(self, messages: Iterable[str]) -> dict[str, list[Delivery]]:
        """The deliveries of these messages."""
        found: dict[str, list[Delivery]] = {message: [] for message in messages}
        for delivery in self.deliveries.find({"message": {"$in": list(found)}}, [("_id", 1)]):
            found[delivery.message].append(delivery)
        return found

    def add_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """New deliveries, due as they say."""
        for delivery in deliveries:
            self.deliveries.keep(delivery)

    def settle(self, delivery: Delivery, *, at: datetime) -> bool:
        """Write a delivery under its fence, and say how it ended; False when somebody else has claimed it since."""
        if not self.deliveries.rows.replace({"_id": delivery.id, "fence": delivery.fence}, to_document(delivery)):
            return False
        event = told(self.messages.get(delivery.message), delivery)
        if event is not None:
            self.save(self.messages.get(delivery.message), event)
        self._end_draft(delivery.message, at)
        return True

    def _end_draft(self, message: str, at: datetime) -> None:
        if all(each.state is DeliveryState.SENT for each in self.deliveries_of([message])[message]):
            draft = self.drafts.one({"message": message}, name=message).sent(at=at)
            self.save(draft, DraftSaved.of(draft))

    def claim_delivery(self, owner: str) -> Delivery | None:
        """Take the next delivery that is due and that nobody holds, by the database's clock, under a higher fence."""
        free = {"$lte": [{"$ifNull": ["$until", "$$NOW"]}, "$$NOW"]}
        due = {"state": {"$in": WAITING}, "$expr": {"$and": [{"$lte": ["$next_at", "$$NOW"]}, free]}}
        row = self._claim(due, owner) or self._claim(_abandoned(), owner)
        return None if row is None else from_document(Delivery, row)

    def _claim(self, due: dict[str, Any], owner: str) -> dict[str, Any] | None:
        until = {"$add": ["$$NOW", CLAIM_MILLISECONDS]}
        change = [{"$set": {"owner": {"$literal": owner}, "until": until, "fence": {"$add": ["$fence", 1]}}}]
        return self.deliveries.rows.collection.find_one_and_update(
            due, change, sort=[("next_at", 1), ("_id", 1)], return_document=ReturnDocument.AFTER
        )

    def hold_desk(self, desk: str, name: str, addresses: list[str]) -> None:
        """Remember a desk's name and addresses."""
        keys = [address.casefold() for address in addresses]
        self.desks.put(desk, {"name": name, "addresses": addresses, "keys": keys})

    def addresses_of(self, desk: str) -> list[str]:
        """The addresses of a desk, as far as they are known here."""
        row = self.desks.get(desk)
        return row["addresses"] if row else []

    def desk_of(self, address: str) -> str | None:
        """The desk that an address leads to, as far as it is known here."""
        row = self.desks.find_one({"keys": address.casefold()})
        return row["_id"] if row else None


def _abandoned() -> dict[str, Any]:
    """Handed over by somebody who never came back."""
    return {"state": DeliveryState.HANDING_OVER.value, "$expr": {"$lte": ["$until", "$$NOW"]}}
