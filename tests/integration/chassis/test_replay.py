"""The event log read back: pages after a position, the events of one subject, and cursors that went stale."""

import pytest

from services.chassis.errors import Gone, Invalid
from services.chassis.relay.ledger import Ledger
from services.chassis.relay.messages import Messages
from services.chassis.relay.placing import Placing
from services.chassis.replay import EventLog
from tests.probes.feeds import raise_counters


@pytest.fixture
def log(database, store):
    """Five events of `a` and one of `b`, placed."""
    raise_counters(store, "a", 3)
    raise_counters(store, "b", 1)
    raise_counters(store, "a", 2)
    log = EventLog(database, installation="local", service="probe")
    database["relay"].insert_one({"_id": "relay", "fence": 1})
    ledger = Ledger(database, 1)
    ledger.open()
    Placing(database, ledger, Messages(log)).place()
    return log


def sequences(events):
    return [(event["subject"], int(event["sequence"])) for event in events]


def test_pages_follow_each_other_without_a_gap(log):
    first = log.events_after(None, limit=4)
    second = log.events_after(first["next"], limit=4)

    assert sequences(first["items"] + second["items"]) == [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("a", 4), ("a", 5)]
    assert second["next"] is None


def test_the_position_of_an_event_is_a_cursor(log):
    third = log.events_after(None)["items"][2]

    assert sequences(log.events_after(third["position"], limit=1)["items"]) == [("b", 1)]


def test_a_page_may_be_of_one_subject_or_of_some_types(log):
    assert sequences(log.events_after(None, subject="b")["items"]) == [("b", 1)]
    assert log.events_after(None, types=["counter.other"]) == {"items": [], "next": None}
    assert len(log.events_after(None, types=["counter.raised", "counter.other"])["items"]) == 6


def test_a_page_of_a_rare_type_goes_on_where_the_search_stopped(log, monkeypatch):
    monkeypatch.setattr("services.chassis.replay.SCANNED", 2)

    page = log.events_after(None, types=["counter.other"])

    assert page == {"items": [], "next": "1-00000000000000000002"}


def test_the_events_of_a_subject_are_read_behind_a_sequence(log):
    assert sequences(log.events_of("a", "counter", after_sequence=3)) == [("a", 4), ("a", 5)]


def test_what_has_no_position_yet_is_not_shown(log, store):
    raise_counters(store, "b", 1)

    assert sequences(log.events_of("b", "counter")) == [("b", 1)]
    assert len(log.events_after(None)["items"]) == 6


def test_a_position_of_before_a_restore_is_gone(log, database):
    last = log.events_after(None)["items"][-1]["position"]
    database["installation"].update_one({"_id": "epoch"}, {"$inc": {"value": 1}})

    with pytest.raises(Gone) as refused:
        log.events_after(last)

    assert refused.value.code == "cursor_gone"


@pytest.mark.parametrize("position", ["7", "1-x", "1-99999999999999999999", "-1-1"])
def test_a_position_that_was_made_up_is_refused(log, position):
    with pytest.raises(Invalid) as refused:
        log.events_after(position)

    assert refused.value.code == "unknown_cursor"


def test_reading_the_log_searches_by_indexes_only(log, database):
    questions = [{"position": {"$gt": 1}}, {"type": {"$in": ["x"]}, "position": {"$gt": 1, "$lte": 9}}, {"new": True}]
    orders = ["position", "position", "_id"]

    for question, order in zip(questions, orders, strict=True):
        plan = str(database["events"].find(question).sort(order, 1).explain()["queryPlanner"]["winningPlan"])
        assert "IXSCAN" in plan
        assert "SORT'" not in plan
