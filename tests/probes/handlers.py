"""A handler without a process around it: events come by hand, and what it did can be read."""

import json

from marshmallow import Schema, fields

from services.chassis.claims import Claims
from services.chassis.subscriptions import EACH, Envelope
from services.chassis.subscriptions.handling import Handler, Handling, Kept
from services.chassis.subscriptions.inbox import Inbox

CONSUMER = "probe.note"


class Raised(Schema):
    """What the handler reads."""

    value = fields.Integer(required=True)


class Owner:
    """The log of another service, as these tests filled it."""

    def __init__(self, *events):
        self.events = events

    def of(self, event, after):
        return [each for each in self.events if after < each.sequence < event.sequence]


def an_event(sequence=1, subject="a", type="counter.raised", data=None):
    event = {
        "id": f"{subject}-{sequence}",
        "type": type,
        "subject": subject,
        "time": "2026-11-22T01:02:05.630Z",
        "sequence": f"{sequence:020d}",
        "correlationid": "c",
        "actor": "agent/alice",
        "data": {"value": sequence} if data is None else data,
    }
    return Envelope.decode(json.dumps(event).encode())


class Consumer:
    """A handler that writes a note of every event, or fails as it is told."""

    def __init__(self, store, order=EACH, schedule=(0.0, 0.0)):
        self.store = store
        self.inbox = Inbox(store.database)
        self.claims = Claims(store.database, "inbox", "consumer", [CONSUMER])
        self.handler = Handler(
            consumer=CONSUMER, source="counters", types=("counter.raised",), reads=Raised, order=order
        )
        self.schedule = schedule
        self.owner = Owner()
        self.error = None

    def note(self, reading):
        if self.error is not None:
            raise self.error
        self.store.notes.insert({"_id": reading.event.id, "word": f"{reading.event.subject} {reading.value}"})

    def hear(self, event):
        return Handling(self.handler, event, self.inbox, self.schedule).run(self.store.database, self.note)

    def take(self):
        claim = self.claims.take()
        return claim and self.hear_kept(claim)

    def hear_kept(self, claim):
        kept = Kept(claim, self.claims, self.owner)
        event = Envelope.decode(claim.row["event"].encode())
        return Handling(self.handler, event, self.inbox, self.schedule, kept).run(self.store.database, self.note)

    def words(self):
        return [row["word"] for row in self.store.notes.find({}, sort=[("_id", 1)])]

    def row(self, event):
        return self.store.database["inbox"].find_one({"_id": f"{CONSUMER}|{event.id}"})


def make_due(store, waited_seconds=0):
    """Let time pass for what waits in the inbox."""
    at = {"$subtract": ["$$NOW", waited_seconds * 1000]} if waited_seconds else "$at"
    store.database["inbox"].update_many(
        {"state": "waiting"}, [{"$set": {"due_at": {"$subtract": ["$$NOW", 1000]}, "at": at}}]
    )
