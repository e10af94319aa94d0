"""A timer that is due runs once, and whoever moved or cancelled it meanwhile wins."""

from datetime import timedelta

import pytest

from services.chassis.attempts import Outcome
from services.chassis.claims import Claims
from services.chassis.clock import now
from services.chassis.context import Call
from services.chassis.errors import Conflict, Unavailable
from services.chassis.store import run_unit
from services.chassis.timers import Ringing
from tests.waiting import eventually


class Clockmaker:
    """Sets timers, and runs them when they are due."""

    def __init__(self, store):
        self.store = store
        self.claims = Claims(store.database, "timers", "name", ["wake"])
        self.effect = lambda key, **args: store.notes.insert({"_id": key, "word": str(args)})

    def set(self, key="a", seconds=-1.0, **args):
        at = now() + timedelta(seconds=seconds)
        self.write(lambda: self.store.set_timer("wake", key, at, **args))

    def cancel(self, key="a"):
        self.write(lambda: self.store.cancel_timer("wake", key))

    def write(self, work):
        run_unit(self.store.database, Call.begin(), work)

    def run(self, claim=None, schedule=(0.0,)):
        claim = claim or self.claims.take()
        job = Ringing("timer wake", "timer wake|a", Call.begin(seconds=30), "timers", claim, self.claims, schedule)
        return job.run(self.store.database, lambda key, **args: self.effect(key, **args))

    def words(self):
        return {row["_id"]: row["word"] for row in self.store.notes.find({})}

    def stored(self, key="a"):
        return self.store.database["timers"].find_one({"key": key})


@pytest.fixture
def clockmaker(store):
    return Clockmaker(store)


def test_a_timer_runs_with_what_it_was_set_with_and_is_gone(clockmaker):
    clockmaker.set("a", ticket="t1")

    outcome = clockmaker.run()

    assert (outcome, clockmaker.words(), clockmaker.stored()) == (Outcome.DONE, {"a": "{'ticket': 't1'}"}, None)


def test_a_timer_waits_for_its_instant(clockmaker):
    clockmaker.set("a", seconds=0.3)

    assert clockmaker.claims.take() is None
    assert eventually(clockmaker.claims.take)


def test_a_timer_that_was_cancelled_while_it_ran_has_no_effect(clockmaker):
    clockmaker.set("a")
    claim = clockmaker.claims.take()

    clockmaker.cancel("a")

    assert (clockmaker.run(claim), clockmaker.words()) == (Outcome.SKIPPED, {})


def test_a_timer_that_was_moved_while_it_ran_has_no_effect_until_then(clockmaker):
    clockmaker.set("a")
    claim = clockmaker.claims.take()

    clockmaker.set("a", seconds=3600)

    assert (clockmaker.run(claim), clockmaker.words()) == (Outcome.SKIPPED, {})
    assert clockmaker.stored()["due_at"] > now() + timedelta(seconds=3500)


def test_a_timer_may_set_itself_again(clockmaker):
    clockmaker.set("a", turn=1)
    clockmaker.effect = lambda key, turn: clockmaker.store.set_timer("wake", key, now(), turn=turn + 1)

    outcomes = [clockmaker.run(), clockmaker.run()]

    assert (outcomes, clockmaker.stored()["args"]) == ([Outcome.DONE] * 2, {"turn": 3})


def test_a_timer_that_fails_is_tried_again_and_in_the_end_parked_with_the_reason(clockmaker):
    def fail(key, **args):
        raise Conflict("The ticket is gone.")

    clockmaker.set("a")
    clockmaker.effect = fail

    outcomes = [clockmaker.run(), clockmaker.run()]

    row = clockmaker.stored()
    assert outcomes == [Outcome.WAITING, Outcome.PARKED]
    assert (row["state"], row["attempts"], row["error"]) == ("parked", 2, "Conflict: The ticket is gone.")


def test_a_parked_timer_that_is_set_anew_runs(clockmaker):
    clockmaker.set("a")
    clockmaker.claims.fail(clockmaker.claims.take(), None, "Conflict: no")

    clockmaker.set("a")

    assert clockmaker.run() is Outcome.DONE


def test_unavailability_is_no_failure_of_a_timer(clockmaker):
    def wait(key, **args):
        raise Unavailable("Nobody is there.")

    clockmaker.set("a")
    clockmaker.effect = wait

    assert (clockmaker.run(), clockmaker.stored()["attempts"]) == (Outcome.UNAVAILABLE, 0)


def test_a_claim_that_expired_has_no_effect_when_another_replica_ran_the_timer(clockmaker, store):
    clockmaker.set("a")
    slow = Claims(store.database, "timers", "name", ["wake"], seconds=0.05).take()
    outcome = clockmaker.run(eventually(clockmaker.claims.take))

    assert (outcome, clockmaker.run(slow)) == (Outcome.DONE, Outcome.SKIPPED)
    assert len(clockmaker.words()) == 1
