"""The feed is the event log: in order, without a gap, with the same bytes whenever it is read again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis import names
from services.chassis.replay import EventLog, encoded
from tests.probes.feeds import assert_the_feed_is_the_log, raise_counters
from tests.probes.readers import Reader
from tests.waiting import eventually

EXCHANGE = names.events_exchange("probe")


def test_what_was_written_before_and_after_the_start_is_published_in_order(store, amqp_uri, start_relay):
    with Reader(amqp_uri, EXCHANGE) as reader:
        raise_counters(store, "a", 3)

        start_relay()
        raise_counters(store, "b", 3)

        eventually(lambda: len(reader.first()) == 6)
    assert_the_feed_is_the_log(reader, store.database)


@pytest.mark.requirement("N1")
def test_the_feed_of_racing_writers_has_no_gap_and_no_duplicate_sequence(store, amqp_uri, start_relay):
    start_relay()
    subjects = [f"counter-{number % 10}" for number in range(60)]

    with Reader(amqp_uri, EXCHANGE) as reader, ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda subject: raise_counters(store, subject, 5), subjects))

        eventually(lambda: len(reader.first()) == 300, within=30)
    assert_the_feed_is_the_log(reader, store.database)
    assert sorted(event["position"] for event in reader.first().values()) == [f"1-{n:020d}" for n in range(1, 301)]


@pytest.mark.requirement("N1")
def test_a_replay_gives_the_same_bytes_as_the_bus(store, amqp_uri, start_relay, database):
    start_relay()
    with Reader(amqp_uri, EXCHANGE) as reader:
        raise_counters(store, "a", 20)
        eventually(lambda: len(reader.first()) == 20)

    log = EventLog(database, installation="local", service="probe")
    replayed = log.events_after(None, limit=100)["items"]

    assert [encoded(event) for event in replayed] == [delivery.body for delivery in reader.deliveries]


def test_an_event_leaves_as_a_persistent_cloud_event_under_its_type(store, amqp_uri, start_relay):
    start_relay()

    with Reader(amqp_uri, EXCHANGE) as reader:
        raise_counters(store, "a", 1)
        [delivery] = eventually(lambda: reader.deliveries)

    assert delivery.routing_key == delivery.event["type"] == "counter.raised"
    assert delivery.event["source"] == "/madoguchi/local/probe"
    assert (delivery.properties["message_id"], delivery.properties["delivery_mode"]) == (delivery.event["id"], 2)
    assert delivery.properties["content_type"] == "application/cloudevents+json"


def test_other_teams_get_the_same_events_on_the_public_exchange(store, amqp_uri, start_relay):
    with Reader(amqp_uri, names.PUBLIC_EXCHANGE) as reader:
        start_relay()
        raise_counters(store, "a", 5)

        eventually(lambda: len(reader.first()) == 5)
    assert_the_feed_is_the_log(reader, store.database)


def test_both_watermarks_come_to_rest_at_the_last_position(store, amqp_uri, start_relay, database):
    start_relay()

    raise_counters(store, "a", 4)

    row = eventually(lambda: database["relay"].find_one({"published": 4, "forwarded": 4}))
    assert row["next_position"] == 5
