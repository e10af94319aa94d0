"""The checker of events finds what is wrong with them."""

from typing import Any

import pytest

from services.chassis.documents.asyncapi import example_of
from services.tickets.events import TicketSolved
from tests.cloud_events import complaints


def an_event(**changes: Any) -> dict[str, Any]:
    """A good event, but for what is given."""
    return example_of("tickets", TicketSolved) | changes


def test_an_event_of_ours_is_a_cloud_event() -> None:
    assert complaints(an_event()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"specversion": "0.3"},
        {"id": ""},
        {"source": "tickets"},
        {"time": "2026-11-22 01:02:05"},
        {"sequence": 7},
        {"position": "4711"},
        {"traceparent": "00"},
        {"trace_parent": "00"},
        {"dataschema": "urn:madoguchi:event:ticket.closed:1"},
        {"type": "ticket.burnt"},
        {"data": "text"},
        {"data": {"ticket": "01JD9V1A2B3C4D5E6F7G8H9J0K"}},
    ],
)
def test_what_is_wrong_with_an_event_is_found(wrong: dict[str, Any]) -> None:
    assert complaints(an_event(**wrong)) != []


@pytest.mark.parametrize("name", ["id", "source", "type", "subject", "time", "sequence", "data"])
def test_what_is_missing_from_an_event_is_found(name: str) -> None:
    event = an_event()

    del event[name]

    assert complaints(event) != []
