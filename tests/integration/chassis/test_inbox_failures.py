"""An event that could not be handled is kept, tried again, and in the end parked; unavailability is no failure."""

import pytest

from services.chassis.attempts import Outcome
from services.chassis.errors import Conflict, Unavailable
from services.chassis.subscriptions import LATEST, STRICT, Envelope
from tests.probes.handlers import Consumer, an_event, make_due


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
