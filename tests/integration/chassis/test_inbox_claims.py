"""A claim is a lease on a due row: one at a time, and worth nothing once it is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.chassis.claims import PARKED, Claims, State, long_due
from services.chassis.clock import now
from tests.waiting import eventually

COLLECTION = "timers"


def claims_on(database, *names, seconds=6.0):
    return Claims(database, COLLECTION, "name", names or ["wake"], seconds)


def write(database, key, seconds=-1.0, name="wake"):
    row = {"_id": f"{name}|{key}", "name": name, "key": key, "args": {}, "attempts": 0, "fence": 0}
    database[COLLECTION].insert_one(row | {"due_at": now() + timedelta(seconds=seconds)})


def stored(database, key):
    return database[COLLECTION].find_one({"key": key})


def test_a_row_is_claimed_once_though_many_ask(database):
    for key in range(10):
        write(database, key)

    with ThreadPoolExecutor(8) as replicas:
        taken = list(replicas.map(lambda _: claims_on(database).take(), range(24)))

    assert sorted(claim.row["key"] for claim in taken if claim) == list(range(10))


def test_what_is_due_longest_goes_first(database):
    for key, seconds in enumerate((-1.0, -3.0, -2.0)):
        write(database, key, seconds)
    claims = claims_on(database)

    assert [claims.take().row["key"] for _ in range(3)] == [1, 2, 0]


def test_what_is_not_due_yet_is_left_alone(database):
    write(database, "later", seconds=60)

    assert claims_on(database).take() is None


def test_a_process_takes_only_what_it_knows_how_to_do(database):
    write(database, "new", name="invented_in_a_later_version")

    assert claims_on(database).take() is None


def test_a_row_whose_owner_died_is_claimed_again_under_a_higher_fence(database):
    write(database, "a")
    first = claims_on(database, seconds=0.05).take()

    second = eventually(claims_on(database).take)

    assert second.row["fence"] > first.row["fence"]
    assert database[COLLECTION].count_documents(first.held) == 0


def test_a_claim_that_is_renewed_is_not_lost(database):
    write(database, "a")
    claims = claims_on(database, seconds=0.5)
    claim = claims.take()
    until = stored(database, "a")["until"]

    eventually(lambda: claims.renew() or now() > until + timedelta(seconds=0.5))

    assert claims_on(database).take() is None
    assert database[COLLECTION].count_documents(claim.held) == 1


def test_a_claim_that_was_forgotten_is_renewed_no_more(database):
    write(database, "a")
    claims = claims_on(database, seconds=0.05)
    claims.forget(claims.take())

    assert eventually(lambda: claims.renew() or claims_on(database).take())


def test_what_is_given_back_is_due_later_and_no_failure_is_counted(database):
    write(database, "a")
    claims = claims_on(database)

    claims.give_back(claims.take(), 30.0)

    row = stored(database, "a")
    assert (row["attempts"], "owner" in row, row["due_at"] > now() + timedelta(seconds=20)) == (0, False, True)


def test_a_failure_is_counted_and_in_the_end_parked(database):
    write(database, "a")
    claims = claims_on(database)

    first = claims.fail(claims.take(), 0.0, "Conflict: once")
    last = claims.fail(claims.take(), None, "Conflict: twice")

    row = stored(database, "a")
    assert (first, last, claims.take()) == (State.WAITING, State.PARKED, None)
    assert (row["state"], row["attempts"], row["error"], "due_at" in row) == ("parked", 2, "Conflict: twice", False)


def test_who_lost_the_claim_changes_nothing(database):
    write(database, "a")
    late = claims_on(database, seconds=0.05)
    lost = late.take()
    eventually(claims_on(database).take)
    before = stored(database, "a")

    late.fail(lost, None, "Conflict: too late")
    late.give_back(lost, 0.0)

    assert stored(database, "a") == before


def test_a_process_knows_how_long_it_may_sleep(database):
    write(database, "done already", seconds=-5)
    write(database, "soon", seconds=0.5)
    write(database, "later", seconds=3600)

    assert 0 < claims_on(database).seconds_to_next(1.0) <= 0.5
    assert claims_on(database, "nothing of this name").seconds_to_next(1.0) == 1.0


@pytest.mark.parametrize(("collection", "field"), [("inbox", "consumer"), ("timers", "name"), ("follow_ups", "name")])
def test_looking_for_what_is_due_reads_nothing_else(database, collection, field):
    write_many(database, collection, field)
    claims = Claims(database, collection, field, ["known"])

    plan = explained(database, collection, claims.due)

    assert plan["executionStats"]["totalKeysExamined"] <= 3
    assert "SORT" not in str(plan["queryPlanner"]["winningPlan"])


@pytest.mark.parametrize("collection", ["inbox", "timers", "follow_ups"])
@pytest.mark.parametrize("filter_of", [lambda _: PARKED, lambda collection: long_due(collection, now())])
def test_what_is_watched_is_found_by_an_index(database, collection, filter_of):
    write_many(database, collection, "name")

    plan = database[collection].find(dict(filter_of(collection))).explain()["queryPlanner"]["winningPlan"]

    assert "COLLSCAN" not in str(plan)


def test_the_successor_of_an_event_is_found_by_an_index(database):
    successor = {"consumer": "known", "subject": "a", "sequence": 2, "state": "waiting"}

    plan = database["inbox"].find(successor).explain()["queryPlanner"]["winningPlan"]

    assert "consumer_1_subject_1_sequence_1" in str(plan)


def write_many(database, collection, field):
    old = {"at": now(), "state": "done" if collection == "inbox" else "parked"}
    database[collection].insert_many({"_id": f"old {n}", field: "known", **old} for n in range(200))
    waiting = {"at": now(), "state": "waiting"}
    for n in range(200):
        due_at = now() + timedelta(seconds=-1 if n < 2 else 3600)
        database[collection].insert_one({"_id": f"row {n}", field: "known", "due_at": due_at, **waiting})


def explained(database, collection, filter):
    find = {"find": collection, "filter": filter, "sort": {"due_at": 1}}
    return database.command("explain", find, verbosity="executionStats")
