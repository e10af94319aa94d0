"""What was parked is seen and tried again, by command."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from services.chassis.arrears import measure
from services.chassis.attempts import Outcome
from services.chassis.claims import Claim, Claims
from services.chassis.clock import now
from services.chassis.context import Call
from services.chassis.settings import Settings
from services.chassis.store import connect, run_unit
from services.chassis.subscriptions import Envelope
from services.chassis.subscriptions.handling import Handler
from services.chassis.subscriptions.inbox import Inbox
from services.chassis.subscriptions.unreadable import read_again

EVENT = {
    "id": "e1",
    "type": "counter.raised",
    "subject": "a",
    "time": "2026-11-22T01:02:05.630Z",
    "sequence": "00000000000000000001",
    "correlationid": "c",
    "actor": "agent/alice",
    "data": {"personal": {"name": "the customer's name"}},
}


@pytest.fixture
def parked(settings, database_name):
    """The command line of `parked`."""

    def run(*arguments):
        environment = os.environ | {
            "MADOGUCHI_MONGODB_URI": settings.mongodb_uri,
            "MADOGUCHI_AMQP_URI": settings.amqp_uri,
            "MADOGUCHI_DATABASE_PREFIX": database_name,
        }
        command = [sys.executable, "-m", "services.chassis.parked", "probe", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)

    return run


def park(store, number=1):
    text = json.dumps(EVENT | {"id": f"e{number}"})
    Inbox(store.database).keep(
        "probe.note", Envelope.decode(text.encode()), pause=None, failures=5, error="Conflict: The counter is broken."
    )


def park_a_timer(store):
    run_unit(store.database, Call.begin(), lambda: store.set_timer("wake", "a", now() - timedelta(seconds=1)))
    claims = Claims(store.database, "timers", "name", ["wake"])
    claims.fail(claims.take(), None, "Conflict: no")


def take(store, collection="inbox", field="consumer", name="probe.note"):
    return Claims(store.database, collection, field, [name]).take()


def test_the_list_says_what_was_parked_and_why_and_tells_nothing_personal(store, parked):
    park(store)
    park_a_timer(store)

    listed = parked("list")

    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [(row["kind"], row["id"], row["error"]) for row in rows] == [
        ("inbox", "probe.note|e1", "Conflict: The counter is broken."),
        ("timers", "wake|a", "Conflict: no"),
    ]
    assert "the customer's name" not in listed.stdout


def test_what_is_parked_or_long_overdue_is_counted_for_whoever_watches(store):
    park(store, 1)
    park(store, 2)
    long_ago = now() - timedelta(minutes=2)
    store.database["inbox"].insert_one({"_id": "nobody's", "consumer": "?", "state": "waiting", "due_at": long_ago})

    measure(store.database, "inbox")

    counted = [REGISTRY.get_sample_value(f"madoguchi_{name}", {"kind": "inbox"}) for name in ("parked", "overdue")]
    assert counted == [2, 1]


def test_one_row_is_tried_again_as_if_for_the_first_time(store, parked):
    park(store, 1)
    park(store, 2)

    answer = parked("replay", "probe.note|e2")

    claim = take(store)
    assert (answer.returncode, answer.stdout) == (0, "1 to be tried again\n")
    assert (claim.row["_id"], claim.attempts, take(store)) == ("probe.note|e2", 0, None)


def test_all_rows_are_tried_again(store, parked):
    park(store)
    park_a_timer(store)

    answer = parked("replay", "--all")

    assert answer.stdout == "2 to be tried again\n"
    assert take(store)
    assert take(store, "timers", "name", "wake")


def test_what_is_not_parked_is_not_replayed(store, parked):
    answer = parked("replay", "probe.note|e1")

    assert (answer.returncode, answer.stdout) == (1, "0 to be tried again\n")


def test_a_body_that_can_be_read_by_now_reaches_its_handlers(store):
    inbox, claims = Inbox(store.database), Claims(store.database, "inbox", "consumer", ["probe.from.counters.v1"])
    body = b64encode(json.dumps(EVENT).encode()).decode()
    inbox.keep_raw("probe.from.counters.v1", "fingerprint", body, "An older version could not read it.")
    make_due(store)
    handler = Handler(consumer="probe.note", source="counters", types=("counter.raised",))

    outcome = read_again(inbox, claims, claims.take(), lambda event: [handler])

    assert (outcome, take(store).row["event"]) == (Outcome.DONE, json.dumps(EVENT))
    assert claims.take() is None


def test_a_body_that_still_cannot_be_read_is_parked_again(store):
    inbox, claims = Inbox(store.database), Claims(store.database, "inbox", "consumer", ["probe.from.counters.v1"])
    inbox.keep_raw("probe.from.counters.v1", "fingerprint", b64encode(b"{").decode(), "It ends too early.")
    make_due(store)

    outcome = read_again(inbox, claims, claims.take(), lambda event: [])

    assert outcome is Outcome.PARKED
    assert store.database["inbox"].find_one({"state": "parked"})["raw"] == b64encode(b"{").decode()


@pytest.mark.parametrize("body", [b"{", json.dumps(EVENT).encode()])
def test_a_database_that_goes_away_while_a_body_is_read_again_is_no_failure(body):
    away = connect(Settings(mongodb_uri="mongodb://127.0.0.1:1", amqp_uri=""), "probe")
    claim = Claim({"_id": "q|f", "owner": "o", "fence": 1, "raw": b64encode(body).decode()})
    handler = Handler(consumer="probe.note", source="counters", types=("counter.raised",))

    with away.client:
        outcome = read_again(Inbox(away), Claims(away, "inbox", "consumer", ["q"]), claim, lambda event: [handler])

    assert outcome is Outcome.UNAVAILABLE


def make_due(store):
    store.database["inbox"].update_many({}, [{"$set": {"state": "waiting", "due_at": {"$subtract": ["$$NOW", 1]}}}])
