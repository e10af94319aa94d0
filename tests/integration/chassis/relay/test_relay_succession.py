"""One relay works; whatever befalls it, the next one goes on and nothing is lost, doubled or out of order."""

from itertools import cycle

import pytest

from services.chassis import names
from services.chassis.leases import Lease
from services.chassis.relay.ledger import Deposed, Ledger
from services.chassis.relay.order import Unplaced
from tests.probes.feeds import assert_the_feed_is_the_log, raise_counters
from tests.probes.readers import Reader
from tests.waiting import eventually

EXCHANGE = names.events_exchange("probe")
POINTS = ["relay_while_placing", "relay_after_placing", "relay_before_publish", "relay_after_publish"]


@pytest.mark.requirement("N1")
@pytest.mark.parametrize("point", POINTS)
def test_a_relay_killed_at_any_point_loses_nothing_and_keeps_the_order(point, store, amqp_uri, start_relay, database):
    with Reader(amqp_uri, EXCHANGE) as reader:
        doomed = start_relay(crash_at=f"{point}:3")
        subjects = cycle("abcab")
        eventually(lambda: raise_counters(store, next(subjects), 1) or doomed.died_at_its_crash_point, within=20)

        start_relay()
        raise_counters(store, "c", 5)

        eventually(lambda: len(reader.first()) == database["events"].count_documents({}), within=40)
    assert_the_feed_is_the_log(reader, database)


@pytest.mark.requirement("N16")
def test_a_relay_that_was_paused_beyond_its_lease_is_deposed(store, amqp_uri, start_relay, database):
    with Reader(amqp_uri, EXCHANGE) as reader:
        paused, first = start_relay(), owner_of(database)
        start_relay()
        paused.pause()
        raise_counters(store, "a", 20)

        eventually(lambda: len(reader.first()) == 20, within=40)
        second = owner_of(database)
        paused.resume()
        raise_counters(store, "a", 20)

        eventually(lambda: len(reader.first()) == 40)
        eventually(lambda: database["relay"].find_one({"published": 40, "forwarded": 40}))
    assert_the_feed_is_the_log(reader, database)
    assert first != second == owner_of(database)


def test_a_relay_that_is_asked_to_leave_hands_over_before_its_lease_runs_out(store, amqp_uri, start_relay, database):
    with Reader(amqp_uri, EXCHANGE) as reader:
        leaving = start_relay()
        owner_of(database)
        start_relay()
        raise_counters(store, "a", 5)
        eventually(lambda: len(reader.first()) == 5)

        code = leaving.stop()
        released = database["relay"].find_one()
        raise_counters(store, "a", 5)

        eventually(lambda: len(reader.first()) == 10)
    assert code == 0
    assert released["published"] == released["forwarded"] == 5
    assert len(reader.deliveries) == 10


def test_a_deposed_relay_can_neither_place_nor_move_a_watermark(store, database):
    raise_counters(store, "a", 1)
    [row] = database["events"].find()
    deposed = Ledger(database, Lease(database, "relay", "one", seconds=0, collection="relay").acquire())
    deposed.open()
    ruling = Ledger(database, Lease(database, "relay", "two", collection="relay").acquire())
    ruling.open()

    with pytest.raises(Deposed):
        deposed.place([Unplaced(row["_id"], "a", 1)])
    with pytest.raises(Deposed):
        deposed.advance("published", 0, 1)

    assert database["events"].count_documents({"position": {"$exists": True}}) == 0
    assert ruling.open()["next_position"] == 1


def owner_of(database):
    """The replica that works, once one does."""
    return eventually(lambda: database["relay"].find_one({"next_position": {"$exists": True}}))["owner"]
