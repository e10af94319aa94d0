"""Events from the broker to the handlers of a service, in processes as they are deployed."""

from base64 import b64encode

import pytest

from services.chassis.settings import Settings
from services.chassis.store import connect
from tests.probes.emitter import Emitter
from tests.probes.processes import ServiceProcess, variables_of
from tests.waiting import eventually

LISTENER = "tests.probes.listener:listener"
QUEUE = "listener.from.counters.v1"


@pytest.fixture
def settings(mongodb_uri, amqp_uri, database_name):
    return Settings(mongodb_uri=mongodb_uri, amqp_uri=amqp_uri, database_prefix=database_name)


@pytest.fixture
def heard(settings):
    """The listener's database."""
    database = connect(settings, "listener")
    yield database
    database.client.close()


@pytest.fixture
def start(settings, tmp_path):
    """Starts replicas of the listener."""
    replicas = []

    def start():
        log = tmp_path / f"listener-{len(replicas)}.log"
        replicas.append(ServiceProcess(log, LISTENER, **variables_of(settings), retry_seconds="0.1,0.1"))
        return replicas[-1]

    yield start
    for replica in replicas:
        replica.end()


@pytest.fixture
def listener(start):
    """One replica."""
    return start()


@pytest.fixture
def counters(amqp_uri, listener):
    """The source; somebody listens."""
    emitter = Emitter(amqp_uri, "counters", "listener")
    eventually(emitter.heard, within=30)
    yield emitter
    emitter.close()


def values_of(heard, counter):
    """What each of the three handlers made of a counter."""
    latest, strict = heard["latest"].find_one({"_id": counter}), heard["strict"].find_one({"_id": counter})
    return {
        "each": sorted(row["value"] for row in heard["each"].find({"counter": counter})),
        "latest": latest and latest["value"],
        "strict": strict and strict["values"],
    }


def assert_heard(heard, counter, expected):
    assert values_of(heard, counter) == expected
    return True


def all_of(count):
    return {"each": list(range(1, count + 1)), "latest": count, "strict": list(range(1, count + 1))}


def parked(heard):
    return list(heard["inbox"].find({"state": "parked"}))


def test_every_handler_of_an_event_has_its_effect(counters, heard):
    for sequence in range(1, 21):
        counters.raised("a", sequence)
        counters.raised("b", sequence)

    eventually(lambda: assert_heard(heard, "a", all_of(20)), within=20)
    eventually(lambda: assert_heard(heard, "b", all_of(20)), within=20)
    assert eventually(lambda: counters.waiting() == 0)


def test_replicas_share_the_work_and_strict_stays_in_order(counters, heard, start):
    start()
    start()

    for sequence in range(1, 31):
        for counter in "abc":
            counters.raised(counter, sequence)

    eventually(lambda: assert_heard(heard, "a", all_of(30)), within=20)
    eventually(lambda: assert_heard(heard, "b", all_of(30)), within=20)
    eventually(lambda: assert_heard(heard, "c", all_of(30)), within=20)


def test_an_event_that_the_relay_sends_again_has_its_effect_once(counters, heard):
    for _ in range(3):
        counters.raised("a", 1, id="the same")
    counters.raised("a", 2)

    eventually(lambda: assert_heard(heard, "a", all_of(2)), within=20)


def test_a_body_that_is_no_event_is_parked_as_it_came_and_the_rest_goes_on(counters, heard):
    counters.send("no event")
    counters.raised("a", 1)

    eventually(lambda: assert_heard(heard, "a", all_of(1)), within=20)
    [row] = eventually(lambda: parked(heard))
    assert (row["consumer"], row["raw"]) == (QUEUE, b64encode(b"no event").decode())
    assert eventually(lambda: counters.waiting() == 0)


def test_a_handler_that_never_can_is_parked_and_the_other_handlers_and_subjects_go_on(counters, heard):
    counters.raised("bad", 1, value=-1)
    counters.raised("bad", 2)
    counters.raised("good", 1)

    eventually(lambda: assert_heard(heard, "good", all_of(1)), within=20)
    eventually(lambda: assert_heard(heard, "bad", {"each": [2], "latest": 2, "strict": [-1, 2]}), within=20)
    [row] = eventually(lambda: parked(heard), within=20)
    assert (row["consumer"], row["attempts"]) == ("listener.write_each", 3)
    assert row["error"] == "Conflict: -1 is no value."


def test_a_message_that_seems_to_kill_its_consumers_is_parked_for_each_handler(counters, heard):
    counters.raised("a", 1, id="e1")
    eventually(lambda: assert_heard(heard, "a", all_of(1)), within=20)
    deadly = heard["inbox"].count_documents({"state": "parked"})
    body = (
        '{"id":"e2","type":"counter.raised","subject":"a","time":"2026-11-22T01:02:05.630Z","sequence":"2",'
        '"correlationid":"c","actor":"agent/alice","data":{"counter":"a","value":2}}'
    )

    counters.send(body, **{"x-delivery-count": 21})

    rows = eventually(lambda: len(parked(heard)) == 3 and parked(heard))
    assert (deadly, values_of(heard, "a")) == (0, all_of(1))
    assert {row["consumer"] for row in rows} == {f"listener.write_{each}" for each in ("each", "latest", "strict")}
    assert all("21 times" in row["error"] for row in rows)


def test_a_type_that_nobody_reads_is_acked(counters, heard):
    counters.publish("counter.painted", "a", 1)
    counters.raised("a", 2)

    eventually(lambda: values_of(heard, "a")["strict"] == [2], within=20)
    assert eventually(lambda: counters.waiting() == 0)


def test_who_is_told_to_stop_finishes_and_acks_what_it_has_begun(counters, listener, heard):
    counters.publish("counter.held", "a", 1, id="begun")
    eventually(lambda: heard["doors"].find_one({"_id": "before a"}))

    listener.terminate()
    eventually(lambda: "no more messages are taken" in listener.said())
    counters.raised("b", 1, id="too late")
    heard["doors"].insert_one({"_id": "a"})

    eventually(lambda: not listener.running, within=20)
    assert [row["_id"] for row in heard["each"].find({})] == ["begun"]
    assert counters.waiting() == 1


def test_while_what_a_handler_needs_is_unavailable_everything_is_kept_and_nothing_fails(counters, listener, heard):
    counters.publish("counter.lent", "a", 1, id="lent")
    eventually(lambda: listener.said().count("will be tried again") > 2, within=20)
    counters.raised("b", 1, id="behind it")
    done_meanwhile = list(heard["each"].find({}))

    heard["doors"].insert_one({"_id": "a"})

    eventually(lambda: {row["_id"] for row in heard["each"].find({})} == {"lent", "behind it"}, within=20)
    assert done_meanwhile == []
    assert heard["inbox"].count_documents({"attempts": {"$gt": 0}}) == 0


def test_a_timer_rings_once_though_there_are_three_replicas(counters, heard, start):
    start()
    start()

    counters.publish("counter.wound", "a", 1)
    counters.publish("counter.wound", "b", 1)

    eventually(lambda: heard["timers"].count_documents({}) == 0 and heard["rung"].count_documents({}) == 6, within=20)
    assert sorted(row["_id"] for row in heard["rung"].find({})) == ["a 1", "a 2", "a 3", "b 1", "b 2", "b 3"]


def test_a_follow_up_is_done_and_its_result_is_told(counters, heard):
    counters.publish("counter.met", "bob", 1)
    counters.publish("counter.met", "nobody", 1)

    eventually(lambda: heard["greetings"].count_documents({}) == 3, within=20)
    words = {row["_id"]: row.get("word") for row in heard["greetings"].find({})}
    assert words == {"to bob": None, "bob": "Hello bob.", "nobody": "There is nobody."}
    assert heard["follow_ups"].count_documents({}) == 0
