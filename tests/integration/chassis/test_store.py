"""The entrypoint is the transaction: all of it or nothing, run again when it lost a race."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from pymongo.errors import OperationFailure

from services.chassis.context import Actor, Call
from services.chassis.errors import NotFound, Stale, Unavailable
from services.chassis.settings import Settings
from services.chassis.store import Duplicate, Unit, connect, run_unit, transaction_open
from tests.probes.counters import Counter, CounterRaised, CounterStore


def run(store, work, seconds=20, **context):
    return run_unit(store.database, Call.begin(seconds=seconds, **context), work)


def log_of(store, subject):
    return list(store.database["events"].find({"subject": subject}).sort("sequence"))


def test_an_aggregate_and_its_event_are_stored_together(store):
    call = Call.begin(Actor(kind="agent", id="alice", name="Alice"), correlation_id="c", causation_id="e", cascade=2)

    stored = run_unit(store.database, call, lambda: store.open("a"))

    [row] = log_of(store, "a")
    assert store.counters.get("a") == stored == Counter(id="a", sequence=1)
    assert {
        name: row[name] for name in ("type", "sequence", "actor", "actor_name", "correlationid", "causationid", "new")
    } == {
        "type": "counter.raised",
        "sequence": 1,
        "actor": "agent/alice",
        "actor_name": "Alice",
        "correlationid": "c",
        "causationid": "e",
        "new": True,
    }
    assert row["data"] == {"counter": "a", "value": 0, "changed": {}, "personal": {}, "cascade": 2}


def test_nothing_is_stored_when_the_method_fails(store):
    def work():
        store.open("a")
        store.notes.insert({"_id": 1, "word": "x"})
        raise NotFound("no")

    with pytest.raises(NotFound):
        run(store, work)

    assert (store.counters.find({}), store.notes.find({}), log_of(store, "a")) == ([], [], [])


def test_an_aggregate_without_an_event_is_refused(store):
    with pytest.raises(ValueError, match="without an event"):
        run(store, lambda: store.add(Counter(id="a")))


def test_racing_writers_each_have_their_effect_and_the_history_has_no_gap(store):
    run(store, lambda: store.open("a"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: run(store, lambda: store.bump("a")), range(80)))

    rows = log_of(store, "a")
    assert store.counters.get("a").value == 80
    assert [row["sequence"] for row in rows] == list(range(1, 82))
    assert [row["data"]["value"] for row in rows] == list(range(81))


def test_a_writer_who_read_before_the_transaction_is_run_again(store):
    run(store, lambda: store.open("a"))
    seen = []

    def work():
        seen.append(store.peek.counters.get("a"))
        if len(seen) == 1:
            with ThreadPoolExecutor(1) as other:
                other.submit(run, store, lambda: store.bump("a")).result()
        raised = seen[-1].raised()
        return store.save(raised, CounterRaised.of(raised))

    assert run(store, work).value == 2
    assert [counter.value for counter in seen] == [0, 1]


def test_a_version_that_was_not_seen_is_stale_and_shows_what_is_current(store):
    run(store, lambda: store.open("a"))

    with pytest.raises(Stale) as caught:
        run(store, lambda: store.bump("a", if_version=7))

    assert caught.value.current == Counter(id="a", sequence=1)


def test_an_absence_is_decided_once(store):
    def open_if_there_is_none():
        store.touch("only")
        if store.counters.find_one({}) is None:
            store.open(f"c{id(Unit.current())}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: run(store, open_if_there_is_none), range(20)))

    assert store.counters.rows.count({}) == 1


def test_a_unique_key_is_held_and_named(store):
    run(store, lambda: store.notes.insert({"_id": 1, "word": "x"}))

    with pytest.raises(Duplicate) as caught:
        run(store, lambda: store.notes.insert({"_id": 2, "word": "x"}))

    assert caught.value.key == {"word": "x"}


def test_the_transaction_opens_at_the_first_access_and_not_at_a_peek(store):
    def work():
        before = transaction_open()
        store.peek.counters.find({})
        peeked = transaction_open()
        store.counters.find({})
        return before, peeked, transaction_open()

    assert run(store, work) == (False, False, True)


def test_a_query_opens_no_transaction_and_nothing_is_written_outside_of_one(store):
    assert store.counters.find({}) == []

    with pytest.raises(RuntimeError, match="Nothing is written outside"):
        store.open("a")


def test_a_peek_does_not_write(store):
    with pytest.raises(RuntimeError, match="does not write"):
        run(store, lambda: store.peek.open("a"))


def test_what_waits_for_the_commit_is_told_after_it(store):
    told = []

    def work():
        Unit.required().after_commit(lambda: told.append(store.counters.rows.collection.count_documents({})))
        store.open("a")

    run(store, work)

    assert told == [1]


def test_a_defect_is_not_run_again(store):
    runs = []

    def work():
        runs.append(1)
        store.counters.find({"$nonsense": 1})

    with pytest.raises(OperationFailure):
        run(store, work)

    assert len(runs) == 1


def test_a_database_that_is_away_is_unavailable():
    away = connect(Settings(mongodb_uri="mongodb://127.0.0.1:1", amqp_uri=""), "probe")
    store = CounterStore(away)

    with away.client, pytest.raises(Unavailable):
        run(store, lambda: store.open("a"), seconds=1)


def test_numbers_rise_and_are_never_given_twice(store):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: store.numbers.next("tickets"), range(100)))

    assert len(set(numbers)) == 100
    assert min(numbers) == 1001


def test_a_domain_value_comes_back_as_it_was_given(store):
    counter = run(store, lambda: store.open("a"))

    assert store.counters.get("a") == counter


def test_things_of_different_kinds_may_have_the_same_id(store):
    run(store, lambda: store.open("billing"))

    run(store, lambda: store.light("billing"))

    rows = log_of(store, "billing")
    assert sorted((row["stream"], row["sequence"]) for row in rows) == [("counter/billing", 1), ("lamp/billing", 1)]
