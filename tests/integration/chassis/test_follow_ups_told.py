"""A command that a transaction owes is given with its key until it is answered, and its answer is told once."""

import pytest

from services.chassis.attempts import Outcome
from services.chassis.claims import Claims
from services.chassis.context import Actor, Call
from services.chassis.errors import Conflict, Internal, Unavailable
from services.chassis.follow_ups import follow_up_of
from services.chassis.store import run_unit
from tests.waiting import eventually


class Peer:
    """Another service: it remembers what it was asked, and answers as it is told."""

    def __init__(self):
        self.asked = []
        self.answers = {"number": 7}

    def call(self, service, method, args, call):
        self.asked.append((service, method, args, call))
        if isinstance(self.answers, Exception):
            raise self.answers
        return self.answers, False


class Debtor:
    """Owes commands, and gives them."""

    def __init__(self, store):
        self.store = store
        self.peer = Peer()
        self.claims = Claims(store.database, "follow_ups", "name", ["book"])

    def owe(self, key="a", actor="alice", **args):
        call = Call.begin(Actor(kind="agent", id=actor), idempotency_key="the caller's own", causation_id="e1")
        run_unit(
            self.store.database,
            call,
            lambda: self.store.follow_up("book", key, service="desk", command="book_seat", args=args),
        )

    def told(self, key, result, **args):
        self.store.notes.insert({"_id": key, "word": f"{result} {args}"})

    def told_of_refusals_too(self, key, result, error=None, **args):
        self.store.notes.insert({"_id": key, "word": f"{result} {error.code}"})

    def run(self, method=None, claim=None, schedule=(0.0,)):
        job = follow_up_of(claim or self.claims.take(), self.claims, self.peer, schedule)
        return job.run(self.store.database, method or self.told)

    def words(self):
        return [row["word"] for row in self.store.notes.find({})]

    def stored(self):
        return self.store.database["follow_ups"].find_one({})


@pytest.fixture
def debtor(store):
    return Debtor(store)


def test_the_method_is_told_the_result_and_the_debt_is_paid(debtor):
    debtor.owe(row=3)

    outcome = debtor.run()

    assert (outcome, debtor.words(), debtor.stored()) == (Outcome.DONE, ["{'number': 7} {'row': 3}"], None)


def test_the_command_goes_out_in_the_name_of_who_caused_it_under_the_key_of_the_debt(debtor):
    debtor.owe("seat of t1", row=3)

    debtor.run()

    [(service, method, args, call)] = debtor.peer.asked
    assert (service, method, args) == ("desk", "book_seat", {"row": 3})
    assert (str(call.actor), call.causation_id, call.idempotency_key) == ("agent/alice", "e1", "book|seat of t1")
    assert call.remaining() > 5


def test_a_command_whose_answer_was_lost_is_given_again_under_the_same_key(debtor):
    debtor.owe()
    debtor.peer.answers = Unavailable("No answer.")
    first = debtor.run(claim=(claim := debtor.claims.take()))
    debtor.claims.give_back(claim, 0.0)
    debtor.peer.answers = {"number": 7}

    again = debtor.run()

    assert (first, again) == (Outcome.UNAVAILABLE, Outcome.DONE)
    assert len({call.idempotency_key for *_, call in debtor.peer.asked}) == 1


def test_a_refusal_is_told_to_a_method_that_wants_to_know(debtor):
    debtor.owe()
    debtor.peer.answers = Conflict("The hall is full.")

    outcome = debtor.run(debtor.told_of_refusals_too)

    assert (outcome, debtor.words(), debtor.stored()) == (Outcome.DONE, ["None conflict"], None)


def test_a_refusal_that_nobody_wants_to_know_is_tried_again_and_in_the_end_parked(debtor):
    debtor.owe()
    debtor.peer.answers = Conflict("The hall is full.")

    outcomes = [debtor.run(), debtor.run()]

    row = debtor.stored()
    assert outcomes == [Outcome.WAITING, Outcome.PARKED]
    assert (row["state"], row["error"]) == ("parked", "Conflict: The hall is full.")


def test_a_mistake_of_the_other_service_is_no_refusal_and_is_tried_again(debtor):
    debtor.owe()
    debtor.peer.answers = Internal("The service made a mistake.")

    outcome = debtor.run(debtor.told_of_refusals_too)

    assert (outcome, debtor.words(), debtor.stored()["attempts"]) == (Outcome.WAITING, [], 1)


def test_a_method_that_fails_leaves_the_debt(debtor):
    def fail(key, result, **args):
        debtor.store.notes.insert({"_id": key, "word": "never"})
        raise Conflict("no")

    debtor.owe()

    outcome = debtor.run(fail)

    assert (outcome, debtor.words(), debtor.stored()["attempts"]) == (Outcome.WAITING, [], 1)


def test_two_who_gave_the_same_command_tell_its_answer_once(debtor, store):
    debtor.owe()
    slow = Claims(store.database, "follow_ups", "name", ["book"], seconds=0.05).take()
    other = eventually(debtor.claims.take)

    outcomes = [debtor.run(claim=other), debtor.run(claim=slow)]

    assert (outcomes, len(debtor.words())) == ([Outcome.DONE, Outcome.SKIPPED], 1)


def test_what_a_method_owes_next_may_have_the_same_key(debtor):
    def owe_again(key, result, **args):
        debtor.store.follow_up("book", key, service="desk", command="cancel_seat", args={})

    debtor.owe()

    outcome = debtor.run(owe_again)

    assert (outcome, debtor.stored()["command"]) == (Outcome.DONE, "cancel_seat")
