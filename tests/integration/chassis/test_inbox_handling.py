"""One event, one handler: the effect and the word that it was done are one transaction."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from marshmallow import Schema, fields

from services.chassis.attempts import Outcome
from services.chassis.claims import Claims
from services.chassis.errors import Conflict, Unavailable
from services.chassis.subscriptions import EACH, LATEST, STRICT, Envelope
from services.chassis.subscriptions.handling import Handler, Handling, Kept
from services.chassis.subscriptions.inbox import Inbox

CONSUMER = "probe.note"


class Raised(Schema):
    """What the handler of these tests reads."""

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


def test_an_event_that_comes_twice_has_its_effect_once(store):
    consumer = Consumer(store)

    outcomes = [consumer.hear(an_event()), consumer.hear(an_event())]

    assert (outcomes, consumer.words()) == ([Outcome.DONE, Outcome.SKIPPED], ["a 1"])


def test_an_event_that_comes_to_many_replicas_at_once_has_its_effect_once(store):
    consumer = Consumer(store)

    with ThreadPoolExecutor(8) as replicas:
        outcomes = list(replicas.map(lambda _: consumer.hear(an_event()), range(16)))

    assert (outcomes.count(Outcome.DONE), outcomes.count(Outcome.SKIPPED)) == (1, 15)
    assert consumer.words() == ["a 1"]


def test_a_done_row_keeps_no_event(store):
    consumer = Consumer(store)

    consumer.hear(an_event())

    row = consumer.row(an_event())
    assert (row["state"], row["subject"], row["sequence"]) == ("done", "a", 1)
    assert "event" not in row


def test_each_takes_events_in_any_order(store):
    consumer = Consumer(store, EACH)

    outcomes = [consumer.hear(an_event(sequence)) for sequence in (3, 1, 2)]

    assert (outcomes, consumer.words()) == ([Outcome.DONE] * 3, ["a 1", "a 2", "a 3"])


def test_latest_leaves_out_what_is_older_than_what_it_did(store):
    consumer = Consumer(store, LATEST)

    outcomes = [consumer.hear(an_event(sequence)) for sequence in (1, 3, 2, 4)]

    assert outcomes == [Outcome.DONE, Outcome.DONE, Outcome.SKIPPED, Outcome.DONE]
    assert consumer.words() == ["a 1", "a 3", "a 4"]


def test_latest_keeps_its_word_when_all_come_at_once(store):
    consumer = Consumer(store, LATEST)

    with ThreadPoolExecutor(8) as replicas:
        list(replicas.map(lambda sequence: consumer.hear(an_event(sequence)), range(1, 17)))

    assert consumer.inbox.done_so_far(CONSUMER, "a") == 16
    assert "a 16" in consumer.words()


def test_strict_keeps_an_early_event_until_its_predecessor_is_done(store):
    consumer = Consumer(store, STRICT)

    early = [consumer.hear(an_event(3)), consumer.hear(an_event(2))]
    consumer.hear(an_event(1))
    released = [consumer.take(), consumer.take(), consumer.take()]

    assert early == [Outcome.WAITING, Outcome.WAITING]
    assert released == [Outcome.DONE, Outcome.DONE, None]
    assert consumer.words() == ["a 1", "a 2", "a 3"]


def test_strict_counts_no_failure_for_waiting(store):
    consumer = Consumer(store, STRICT)
    consumer.hear(an_event(2))
    make_due(store)

    outcome = consumer.take()

    assert outcome is Outcome.WAITING
    assert consumer.row(an_event(2))["attempts"] == 0


def test_strict_does_one_subject_in_order_though_its_events_come_to_many_replicas_at_once(store):
    consumer = Consumer(store, STRICT)
    seen = []
    consumer.note = lambda reading: (store.notes.find({}), seen.append(reading.value))

    with ThreadPoolExecutor(8) as replicas:
        list(replicas.map(lambda sequence: consumer.hear(an_event(sequence)), range(12, 0, -1)))
    while consumer.inbox.done_so_far(CONSUMER, "a") < 12:
        make_due(store)
        while consumer.take():
            pass

    assert list(dict.fromkeys(seen)) == list(range(1, 13))


def test_strict_counts_what_it_does_not_read_as_done(store):
    consumer = Consumer(store, STRICT)

    outcomes = [consumer.hear(an_event(1, type="counter.renamed")), consumer.hear(an_event(2))]

    assert (outcomes, consumer.words()) == ([Outcome.DONE, Outcome.DONE], ["a 2"])


def test_strict_fetches_a_predecessor_that_never_came(store):
    consumer = Consumer(store, STRICT)
    consumer.owner = Owner(an_event(1), an_event(2))
    consumer.hear(an_event(3))
    make_due(store, waited_seconds=11)

    fetching = consumer.take()
    outcomes = [consumer.take(), consumer.take()]
    make_due(store)
    last = consumer.take()

    assert (fetching, outcomes, last) == (Outcome.WAITING, [Outcome.DONE, Outcome.DONE], Outcome.DONE)
    assert consumer.words() == ["a 1", "a 2", "a 3"]


def test_an_owner_that_is_away_is_no_failure_of_the_event(store):
    class Away:
        def of(self, event, after):
            raise Unavailable("Nobody is there.")

    consumer = Consumer(store, STRICT)
    consumer.owner = Away()
    consumer.hear(an_event(2))
    make_due(store, waited_seconds=11)

    outcome = consumer.take()

    assert (outcome, consumer.row(an_event(2))["attempts"]) == (Outcome.UNAVAILABLE, 0)


def test_a_parked_strict_event_holds_back_its_own_subject_only(store):
    consumer = Consumer(store, STRICT, schedule=())
    consumer.error = Conflict("never")
    parked = consumer.hear(an_event(1))
    consumer.error = None

    outcomes = [consumer.hear(an_event(2)), consumer.hear(an_event(1, subject="b"))]

    assert (parked, outcomes) == (Outcome.PARKED, [Outcome.WAITING, Outcome.DONE])
    assert consumer.words() == ["b 1"]


def test_a_failure_leaves_no_effect_and_is_tried_again_until_it_works(store):
    consumer = Consumer(store)
    consumer.error = Conflict("not yet")
    failed = consumer.hear(an_event())
    words = consumer.words()
    consumer.error = None

    again = consumer.take()

    assert (failed, words) == (Outcome.WAITING, [])
    assert (again, consumer.words()) == (Outcome.DONE, ["a 1"])


def test_an_event_that_can_never_be_handled_is_parked_with_the_reason(store):
    consumer = Consumer(store, schedule=(0.0, 0.0))
    consumer.error = Conflict("The counter is broken.")

    outcomes = [consumer.hear(an_event()), consumer.take(), consumer.take(), consumer.take()]

    row = consumer.row(an_event())
    assert outcomes == [Outcome.WAITING, Outcome.WAITING, Outcome.PARKED, None]
    assert (row["state"], row["attempts"], row["error"]) == ("parked", 3, "Conflict: The counter is broken.")
    assert Envelope.decode(row["event"].encode()) == an_event()


def test_data_that_the_handler_cannot_read_is_a_failure_of_the_event(store):
    consumer = Consumer(store, schedule=())

    outcome = consumer.hear(an_event(data={"value": "seven"}))

    assert outcome is Outcome.PARKED
    assert "Not a valid integer" in consumer.row(an_event())["error"]


def test_members_that_a_handler_does_not_know_are_ignored(store):
    consumer = Consumer(store)

    outcome = consumer.hear(an_event(data={"value": 1, "$where": {"a.b": 1}}))

    assert outcome is Outcome.DONE


@pytest.mark.parametrize("text", ["$value", "a\u0000b", "$$NOW", "{}"])
def test_any_text_in_an_event_can_be_kept(store, text):
    consumer = Consumer(store)
    consumer.error = Conflict(text)
    event = an_event(data={"value": 1, "$set": text})

    consumer.hear(event)
    consumer.error = None

    assert consumer.take() is Outcome.DONE


def test_unavailability_is_no_failure(store):
    consumer = Consumer(store)
    consumer.error = Unavailable("The service of numbers is away.")

    outcome = consumer.hear(an_event())

    assert (outcome, consumer.row(an_event())) == (Outcome.UNAVAILABLE, None)


def test_an_older_event_that_failed_is_over_once_latest_did_a_newer_one(store):
    consumer = Consumer(store, LATEST)
    consumer.error = Conflict("not yet")
    consumer.hear(an_event(1))
    consumer.error = None
    consumer.hear(an_event(2))

    outcomes = [consumer.take(), consumer.take()]

    assert (outcomes, consumer.words()) == ([Outcome.SKIPPED, None], ["a 2"])
    assert consumer.row(an_event(1))["state"] == "done"


def make_due(store, waited_seconds=0):
    """Let time pass for what waits in the inbox."""
    at = {"$subtract": ["$$NOW", waited_seconds * 1000]} if waited_seconds else "$at"
    store.database["inbox"].update_many(
        {"state": "waiting"}, [{"$set": {"due_at": {"$subtract": ["$$NOW", 1000]}, "at": at}}]
    )
