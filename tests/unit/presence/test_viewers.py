"""The monitor of a ticket: who is there, and who was."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.leases import Pulse, Session
from services.presence.domain.viewers import Activity, editors, entered, monitor
from tests.unit.presence.factories import NOW, a_viewer, seconds

NAMES = {"alice": "Alice", "bob": "Bob"}
PULSE = Pulse(since=NOW - timedelta(hours=1), last=NOW)


def seen(*viewers, at=0):
    return monitor(viewers, NAMES, Pulse(since=PULSE.since, last=seconds(at)), seconds(at))


@pytest.mark.requirement("R129", "R131")
def test_who_is_there_is_shown_with_name_and_activity():
    [alice, bob] = seen(a_viewer(), a_viewer("bob", activity=Activity.EDITING_REPLY, at=-5)).active

    assert (alice.name, alice.activity, alice.since) == ("Alice", Activity.VIEWING, NOW)
    assert (bob.name, bob.activity, bob.since) == ("Bob", Activity.EDITING_REPLY, seconds(-5))


@pytest.mark.requirement("R130", "R132")
def test_who_left_is_shown_with_the_time():
    shown = seen(a_viewer().left(at=seconds(3)), at=4)

    assert shown.active == ()
    assert [(each.name, each.left_at) for each in shown.inactive] == [("Alice", seconds(3))]


@pytest.mark.requirement("R130", "N9")
def test_who_was_not_heard_of_for_one_lease_left_when_it_ran_out():
    assert seen(a_viewer(), at=29).inactive == ()
    assert [each.left_at for each in seen(a_viewer(), at=30).inactive] == [seconds(30)]


@pytest.mark.requirement("R136")
def test_several_sessions_of_an_agent_count_as_one_agent():
    reading = a_viewer(session="s1", at=-9)
    writing = a_viewer(session="s2", activity=Activity.EDITING_REPLY, at=-3)
    gone = a_viewer(session="s3", activity=Activity.EDITING_COMMENT).left(at=NOW)

    [alice] = seen(reading, writing, gone).active

    assert (alice.activity, alice.since) == (Activity.EDITING_REPLY, seconds(-3))
    assert seen(reading, writing, gone).inactive == ()


def test_renewing_keeps_the_time_at_which_the_activity_began():
    session = Session.open("s1", "alice", at=NOW)
    viewer = entered(None, "T1", session, Activity.VIEWING, PULSE, at=NOW)

    again = entered(viewer, "T1", session, Activity.VIEWING, PULSE, at=seconds(5))
    other = entered(again, "T1", session, Activity.EDITING_REPLY, PULSE, at=seconds(7))

    assert (viewer, again.since, again.until) == (a_viewer(), NOW, seconds(35))
    assert other.since == seconds(7)


def test_who_comes_back_begins_anew():
    back = a_viewer().left(at=seconds(3)).renewed(Activity.VIEWING, PULSE, at=seconds(5))

    assert (back.since, back.left_at, back.until) == (seconds(5), None, seconds(35))


def test_leaving_twice_is_leaving_once():
    left = a_viewer().left(at=seconds(3))

    assert left.left(at=seconds(9)) == left
    assert a_viewer().left(at=seconds(100)).left_at == seconds(30)


@pytest.mark.requirement("R143")
def test_editors_are_the_others_who_write_a_reply_now():
    viewers = [
        a_viewer("alice", activity=Activity.EDITING_REPLY),
        a_viewer("bob", activity=Activity.EDITING_REPLY),
        a_viewer("carol", activity=Activity.EDITING_COMMENT),
        a_viewer("dave", activity=Activity.EDITING_REPLY, at=-31),
    ]

    assert [each.agent for each in editors(seen(*viewers), besides="alice")] == ["bob"]


HERE = st.builds(
    a_viewer,
    st.sampled_from(["alice", "bob", "carol"]),
    st.sampled_from(["s1", "s2"]),
    st.sampled_from(Activity),
    at=st.integers(-60, 0),
)
GONE = st.builds(lambda viewer, at: viewer.left(at=seconds(at)), HERE, st.integers(-60, 0))
VIEWERS = st.lists(HERE | GONE, max_size=8)


@pytest.mark.requirement("N9")
@given(VIEWERS, st.randoms())
def test_everybody_is_on_the_monitor_once_in_whatever_order_they_came(viewers, random):
    shown = seen(*viewers)

    agents = [each.agent for each in (*shown.active, *shown.inactive)]
    assert sorted(agents) == sorted({each.agent for each in viewers})
    assert shown == seen(*random.sample(viewers, len(viewers)))
