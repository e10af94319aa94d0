"""Who does not renew is gone; but never because the store could not be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.leases import LATE_BEAT, LEASE, Pulse, ran_out, review
from tests.unit.presence.factories import NOW, a_session, beating, seconds


@pytest.mark.requirement("N9")
def test_a_lease_that_was_not_renewed_has_run_out():
    assert not ran_out(seconds(1), beating(), NOW)
    assert ran_out(NOW, beating(), NOW)


@pytest.mark.requirement("N9")
@pytest.mark.parametrize(
    "pulse", [beating(since=-29), beating(last=-11), Pulse.first(NOW)], ids=["just back", "no beat", "just begun"]
)
def test_nobody_is_gone_until_the_store_was_writable_for_one_whole_lease(pulse):
    assert not ran_out(seconds(-500), pulse, NOW)


@pytest.mark.requirement("N9")
def test_a_break_begins_the_count_anew():
    late = LATE_BEAT.total_seconds()

    assert beating().beat(seconds(late)).since == seconds(-1000)
    assert beating().beat(seconds(late + 1)).since == seconds(late + 1)


def test_an_agent_with_a_session_is_looked_at_again_when_its_lease_ends():
    outcome = review([a_session(at=0), a_session("s2", at=-10)], beating(), NOW)

    assert (outcome.over, outcome.look_again_at) == ((), NOW + LEASE)


def test_sessions_that_ran_out_are_over_and_the_others_are_not():
    old, new = a_session("old", at=-31), a_session("new")

    outcome = review([old, new], beating(), NOW)

    assert (outcome.over, outcome.look_again_at) == ((old,), new.until)


@pytest.mark.requirement("N9")
def test_the_last_session_that_ran_out_leaves_nothing_to_look_at():
    old = a_session(at=-31)

    assert review([old], beating(), NOW) == review([old], beating(), NOW, ended=old.id)
    assert review([old], beating(), NOW).look_again_at is None


def test_a_session_that_its_agent_ended_is_over_at_once():
    outcome = review([a_session(), a_session("s2")], beating(), NOW, ended="s1")

    assert [each.id for each in outcome.over] == ["s1"]
    assert outcome.look_again_at is not None


@pytest.mark.requirement("N9")
def test_after_an_outage_agents_get_a_whole_lease_to_come_back():
    outcome = review([a_session(at=-60)], beating(since=-5), NOW)

    assert (outcome.over, outcome.look_again_at) == ((), seconds(-5) + LEASE)


@pytest.mark.requirement("N9")
@given(
    outage=st.integers(0, 300),
    renewed_before=st.integers(0, 9),
    beat_before=st.integers(0, 5),
    beat_after=st.integers(0, 5),
    renews_after=st.integers(0, 10),
)
def test_an_outage_alone_never_ends_a_session(outage, renewed_before, beat_before, beat_after, renews_after):
    """The store goes away at NOW; agents renew every ten seconds, the pulse beats every five, as soon as they can."""
    pulse = beating(last=-beat_before).beat(seconds(outage + beat_after))
    look = seconds(outage + max(beat_after, renews_after))

    assert review([a_session(at=-renewed_before)], pulse, look).over == ()


@given(st.lists(st.integers(0, 60), max_size=5), st.integers(-60, 60))
def test_every_session_is_either_over_or_will_be_looked_at(starts, now):
    sessions = [a_session(f"s{at}", at=start) for at, start in enumerate(starts)]

    outcome = review(sessions, beating(since=-1000, last=now), seconds(now))

    assert (outcome.look_again_at is None) == (len(outcome.over) == len(sessions))
    assert outcome.look_again_at is None or outcome.look_again_at > seconds(now)
