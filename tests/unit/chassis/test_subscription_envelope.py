"""Reading what came over the bus."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from services.chassis.context import Actor
from services.chassis.subscriptions.envelope import Envelope, Undecodable

WIRE = {
    "specversion": "1.0",
    "id": "01JD9V3K5T6M8Q2R4S6T8V0W2X",
    "source": "/madoguchi/local/tickets",
    "type": "ticket.assigned",
    "subject": "01JD9V1",
    "time": "2026-11-22T01:02:05.630Z",
    "sequence": "00000000000000000007",
    "correlationid": "01JD9V3",
    "causationid": "01JD9V2",
    "traceparent": "00-1-2-01",
    "actor": "agent/alice",
    "data": {"number": 1042, "cascade": 2, "personal": {"title": "請求書について"}},
    "invented_later": [1],
}


def body(**changes: Any) -> bytes:
    event = {name: value for name, value in (WIRE | changes).items() if value is not ...}
    return json.dumps(event).encode()


def an_event(**changes: Any) -> Envelope:
    return Envelope.decode(body(**changes))


def test_an_envelope_says_what_happened_to_whom_when_and_by_whom() -> None:
    event = Envelope.decode(body())

    assert (event.type, event.subject, event.sequence) == ("ticket.assigned", "01JD9V1", 7)
    assert event.time == datetime(2026, 11, 22, 1, 2, 5, 630000, tzinfo=UTC)
    assert (event.actor, event.cascade, event.data["number"]) == (Actor(kind="agent", id="alice"), 2, 1042)


def test_the_text_of_an_envelope_reads_as_the_same_envelope() -> None:
    event = Envelope.decode(body())

    assert Envelope.decode(event.text.encode()) == event


def test_what_handles_an_event_acts_for_its_actor_and_names_it_as_the_cause() -> None:
    event = Envelope.decode(body())

    call = event.call()

    assert (str(call.actor), call.correlation_id, call.causation_id) == ("agent/alice", "01JD9V3", event.id)
    assert (call.cascade, call.traceparent, call.idempotency_key) == (2, "00-1-2-01", None)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\xff\xfe",
        b"[1, 2]",
        b"null",
        b'"text"',
        b"[" * 100_000,
        body(id=...),
        body(id=7),
        body(id=""),
        body(subject="\ud800"),
        body(sequence="many"),
        body(sequence=0),
        body(sequence=float("inf")),
        body(sequence="9" * 30),
        body(time="yesterday"),
        body(time=...),
        body(time="0001-01-01T00:00:00+23:59"),
        body(data=[]),
        body(data={"cascade": "deep"}),
        body(actor=None),
    ],
)
def test_what_is_no_event_is_undecodable(wrong: bytes) -> None:
    with pytest.raises(Undecodable):
        Envelope.decode(wrong)
