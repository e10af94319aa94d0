"""Faults and contexts travel whole, and nothing else travels."""

import pytest

from services.chassis.context import Actor, Call, current, using
from services.chassis.errors import Conflict, Internal, Stale, from_wire


class AlreadyTaken(Conflict):
    """For these tests."""

    code = "already_taken"


def test_a_fault_arrives_with_its_kind_code_and_facts():
    wire = AlreadyTaken("It is with bob.", errors={"id": ["taken"]}, by="bob").to_wire()

    arrived = from_wire(wire)

    assert isinstance(arrived, Conflict)
    assert (arrived.code, arrived.detail) == ("already_taken", "It is with bob.")
    assert (arrived.facts, arrived.errors) == ({"by": "bob"}, {"id": ["taken"]})


def test_a_stale_fault_brings_what_is_current():
    wire = Stale("Changed.").to_wire() | {"facts": {"current": {"version": 3}}}

    arrived = from_wire(wire)

    assert isinstance(arrived, Stale)
    assert arrived.current == {"version": 3}


def test_a_kind_that_nobody_knows_is_an_internal_fault():
    assert isinstance(from_wire({"kind": "strange"}), Internal)


def test_a_call_survives_its_headers():
    actor = Actor(kind="agent", id="alice", name="アリス", roles=("agent", "lead"))
    call = Call.begin(actor, traceparent="00-1-2-01", causation_id="e", cascade=2, idempotency_key="k", strict=True)

    arrived = Call.from_headers(call.to_headers())

    assert abs(arrived.deadline - call.deadline) < 0.002
    assert arrived.to_headers() == call.to_headers()
    assert arrived.actor == actor


def test_headers_that_are_not_on_the_list_do_not_become_context():
    headers = Call.begin().to_headers() | {"x-secret": "1"}

    assert "x-secret" not in Call.from_headers(headers).to_headers()


def test_headers_that_are_not_ours_are_refused():
    with pytest.raises(KeyError):
        Call.from_headers({"content-type": "text/plain"})


def test_a_call_is_current_only_within_its_block():
    call = Call.begin(correlation_id="here")

    with using(call):
        inside = current()

    assert inside is call
    assert current().correlation_id != "here"


def test_a_call_whose_deadline_has_passed_is_expired():
    assert Call.begin(seconds=-1).expired
    assert not Call.begin(seconds=60).expired
