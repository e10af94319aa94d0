"""The events of presence, and what they say of a change."""

import pytest

from services.chassis.events import declared
from services.presence import events
from services.presence.domain.agent import State
from tests.unit.presence.factories import LATER, an_agent

DECLARED = list(declared(events))


@pytest.mark.parametrize("event", DECLARED, ids=lambda event: event.type)
def test_an_example_has_every_member_of_its_event_and_no_other(event):
    assert event.example.keys() == event.json_schema()["properties"].keys()


@pytest.mark.requirement("R05")
def test_a_change_of_state_says_since_when_and_keeps_the_reason_apart():
    before = an_agent()

    data = events.AgentStateChanged.of(before.chosen(State.READY, "back", at=LATER), before).data()

    assert data["changed"] == {
        "state": ["not_ready", "ready"],
        "since": ["2026-11-22T01:02:05.000Z", "2026-11-22T01:03:05.000Z"],
    }
    assert data["personal"]["changed"] == {"reason": [None, "back"]}
    assert "reason" not in data


def test_how_to_reach_somebody_is_personal():
    data = events.AgentCreated.of(an_agent(email="alice@example.jp")).data()

    assert (data["agent"], data["personal"]["name"], data["personal"]["email"]) == (
        "alice",
        "Alice",
        "alice@example.jp",
    )
    assert {"name", "email"} & data.keys() == set()
