"""What an agent chose, and whether they are connected, are two facts."""

from datetime import timedelta

import pytest

from services.presence.domain.agent import State, put, seen
from tests.unit.presence.factories import LATER, NOW, an_agent


@pytest.mark.requirement("R05")
def test_nobody_is_ready_before_saying_so():
    agent = an_agent()

    assert (agent.state, agent.connected, agent.since) == (State.NOT_READY, False, NOW)


@pytest.mark.requirement("R05", "N9")
def test_what_an_agent_chooses_leaves_the_connection_alone():
    agent = an_agent().linked(True).chosen(State.READY, None, at=LATER)

    assert (agent.state, agent.since, agent.connected) == (State.READY, LATER, True)
    assert agent.linked(False).state is State.READY


def test_choosing_the_same_again_changes_nothing():
    agent = an_agent().chosen(State.NOT_READY, "lunch", at=LATER)

    assert agent.chosen(State.NOT_READY, "lunch", at=LATER + timedelta(hours=1)) == agent
    assert agent.chosen(State.NOT_READY, "meeting", at=NOW).since == NOW


def test_a_name_in_a_token_enters_somebody_or_renames_them():
    agent = seen(None, "alice", "Alice", at=NOW)

    assert agent == an_agent()
    assert seen(agent, "alice", "Alice", at=LATER) == agent
    assert seen(agent, "alice", None, at=LATER) == agent
    assert seen(agent, "alice", "アリス", at=LATER).name == "アリス"
    assert seen(None, "alice", None, at=NOW).name == "alice"


def test_only_the_entry_itself_raises_the_version():
    agent = an_agent().linked(True).chosen(State.READY, None, at=LATER)

    changed = put(agent, "alice", at=LATER, name="Alice", email="alice@example.jp", avatar_url=None, locale="ja")

    assert (agent.version, changed.version, changed.updated_at, changed.state) == (1, 2, LATER, State.READY)
