"""Stored events are sent again to one queue, when somebody asks for it."""

import json

import pytest
from kombu import Connection, Queue

from services.chassis import names
from services.chassis.ids import new_id
from services.chassis.replay import REPLAYS, EventLog
from tests.probes.feeds import raise_counters
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def ask(store, database, start_relay):
    """Asks the relay for a replay of ten placed events, and gives the row when it has come to its end."""
    raise_counters(store, "a", 10)
    start_relay()
    eventually(lambda: database["relay"].find_one({"published": 10}), within=30)
    log = EventLog(database, installation="local", service="probe")

    def ask(queue, after=None, until=None, types=()):
        row = log.replay(new_id(), queue, after=after, until=until, types=types)
        database[REPLAYS].insert_one(row)
        ended = {"_id": row["_id"], "state": {"$ne": "waiting"}}
        return eventually(lambda: database[REPLAYS].find_one(ended), within=60)

    return ask


@pytest.fixture
def queue(amqp_uri):
    with Connection(amqp_uri) as connection:
        yield Queue("late", durable=True)(connection.default_channel)


def sequences(queue):
    """What is in the queue, taken out of it."""
    found = []
    while message := queue.get(no_ack=True, accept=[names.EVENT_CONTENT_TYPE]):
        found.append(int(json.loads(message.body)["sequence"]))
    return found


@pytest.mark.requirement("N1")
def test_a_queue_gets_the_stored_events_again_from_a_position_to_another(ask, queue):
    queue.queue_declare()

    done = ask("late", after="1-00000000000000000003", until="1-00000000000000000007")

    assert (done["state"], sequences(queue)) == ("done", [4, 5, 6, 7])


def test_a_queue_gets_everything_when_no_bounds_are_named(ask, queue):
    queue.queue_declare()

    ask("late")

    assert sequences(queue) == list(range(1, 11))


def test_a_replay_to_a_queue_that_is_not_there_fails_and_says_so(ask):
    failed = ask("nowhere")

    assert failed["state"] == "failed"
    assert "nowhere" in failed["reason"]
