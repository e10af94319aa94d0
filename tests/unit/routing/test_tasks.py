"""Tasks: who may take one, and which one a ticket must have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.domain.task import LIVE, State
from services.routing.domain.work import tend, unclear
from services.routing.errors import AlreadyTaken, IllegalMove, NotAMember, NotTheirTask, TaskWithdrawn
from tests.unit.routing.factories import LATER, a_task, seen

MEMBERS = ("alice", "bob")


def accepting(agent="alice"):
    return a_task().begin_accepting(agent, MEMBERS, at=LATER)


def accepted(agent="alice"):
    return accepting(agent).confirm(1)


def states(tending):
    return tending.after and tending.after.state, tending.queued and tending.queued.group


@pytest.mark.requirement("R01", "R03")
def test_a_member_takes_a_waiting_task():
    task = accepted()

    assert (task.state, task.accepted_by, task.accepted_at, task.fence) == (State.ACCEPTED, "alice", LATER, 1)


def test_work_of_a_group_is_for_its_members():
    with pytest.raises(NotAMember):
        a_task().begin_accepting("eve", MEMBERS, at=LATER)


@pytest.mark.parametrize("task", [accepting(), accepted()])
def test_what_somebody_holds_can_not_be_taken(task):
    with pytest.raises(AlreadyTaken) as refused:
        task.begin_accepting("bob", MEMBERS, at=LATER)

    assert refused.value.facts == {"by": "alice"}


def test_reaching_twice_for_the_same_task_is_one_reach():
    assert accepting().begin_accepting("alice", MEMBERS, at=LATER) == accepting()
    assert accepted().begin_accepting("alice", MEMBERS, at=LATER) == accepted()


@pytest.mark.parametrize(("state", "error"), [(State.WITHDRAWN, TaskWithdrawn), (State.COMPLETED, IllegalMove)])
def test_what_has_ended_can_not_be_taken(state, error):
    with pytest.raises(error):
        a_task(state=state, live=False).begin_accepting("alice", MEMBERS, at=LATER)


@pytest.mark.requirement("R08")
def test_an_answer_to_an_earlier_attempt_changes_nothing():
    again = accepting().give_back(1).begin_accepting("bob", MEMBERS, at=LATER)

    assert again.fence == 2
    assert again.confirm(1) == again
    assert again.give_back(1) == again


@pytest.mark.requirement("R07")
def test_a_task_that_is_given_back_waits_where_it_stood():
    task = accepting().give_back(1)

    assert (task.state, task.queued_at, task.accepted_by, task.live) == (State.QUEUED, a_task().queued_at, None, True)


def test_until_tickets_has_spoken_a_task_is_shown_as_waiting():
    assert (accepting().shown_state, accepted().shown_state) == (State.QUEUED, State.ACCEPTED)


def test_who_did_not_get_the_task_is_told_who_did():
    with pytest.raises(AlreadyTaken) as taken:
        accepting().give_back(1).of("alice", owner="bob")
    with pytest.raises(TaskWithdrawn):
        a_task().of("alice", owner=None)

    assert taken.value.facts == {"by": "bob"}
    assert accepted().of("alice", owner=None) == accepted()


def test_a_task_is_completed_by_its_agent_or_by_a_lead():
    done = accepted().complete("alice", at=LATER)
    with pytest.raises(NotTheirTask):
        accepted().complete("bob", at=LATER)

    assert (done.state, done.live, done.ended_at) == (State.COMPLETED, False, LATER)
    assert accepted().complete("bob", at=LATER, anybody=True).state == State.COMPLETED


def test_a_task_that_waits_can_not_be_completed():
    with pytest.raises(IllegalMove):
        a_task().complete("alice", at=LATER, anybody=True)


@pytest.mark.requirement("R01")
def test_an_open_ticket_with_a_group_and_nobody_gets_a_task():
    tending = tend(seen(priority="high"), None, new_id="K1", at=LATER)

    assert tending.queued == a_task(priority="high", queued_at=LATER)
    assert tending.moved is None


@pytest.mark.parametrize("ticket", [seen(group=None), seen(assignee="bob"), seen(status="solved")])
def test_any_other_ticket_gets_none(ticket):
    tending = tend(ticket, None, new_id="K1", at=LATER)

    assert (tending.after, tending.queued) == (None, None)


@pytest.mark.requirement("R17")
@pytest.mark.parametrize(
    ("task", "ticket", "expected"),
    [
        (a_task(), seen(), (State.QUEUED, None)),
        (a_task(), seen(assignee="bob", status="in_progress"), (State.WITHDRAWN, None)),
        (a_task(), seen(status="closed"), (State.WITHDRAWN, None)),
        (a_task(), seen(group="tech"), (State.WITHDRAWN, "tech")),
        (accepting(), seen(), (State.ACCEPTING, None)),
        (accepting(), seen(assignee="alice", status="in_progress"), (State.ACCEPTED, None)),
        (accepting(), seen(assignee="bob", status="in_progress"), (State.WITHDRAWN, None)),
        (accepting(), seen(group="tech"), (State.WITHDRAWN, "tech")),
        (accepted(), seen(assignee="alice", status="on_hold"), (State.ACCEPTED, None)),
        (accepted(), seen(assignee="alice", status="solved"), (State.COMPLETED, None)),
        (accepted(), seen(assignee="bob", status="in_progress"), (State.WITHDRAWN, None)),
        (accepted(), seen(group="billing"), (State.WITHDRAWN, "billing")),
    ],
)
def test_the_task_follows_the_ticket(task, ticket, expected):
    assert states(tend(ticket, task, new_id="K2", at=LATER)) == expected


def test_a_task_takes_its_priority_along():
    tending = tend(seen(group="tech"), a_task(priority="urgent"), new_id="K2", at=LATER)

    assert tending.queued.priority == "urgent"


def test_a_waiting_task_takes_the_new_priority_of_its_ticket():
    assert tend(seen(priority="high"), a_task(), new_id="K2", at=LATER).moved.priority == "high"
    assert tend(seen(), a_task(), new_id="K2", at=LATER).moved is None


@pytest.mark.parametrize(
    ("ticket", "task", "expected"),
    [
        (seen(), None, True),
        (seen(priority="low"), None, False),
        (seen(group=None), None, False),
        (seen(assignee="bob"), a_task(), False),
        (seen(), accepting(), False),
        (seen(), accepted(), True),
        (seen(assignee="bob"), accepting(), True),
        (seen(assignee="alice"), accepted(), False),
    ],
)
def test_tickets_is_asked_only_when_the_event_is_not_enough(ticket, task, expected):
    assert unclear(ticket, task) is expected


TICKETS = st.builds(
    seen,
    group=st.sampled_from([None, "billing", "tech"]),
    assignee=st.sampled_from([None, "alice", "bob"]),
    status=st.sampled_from(["new", "in_progress", "solved", "closed"]),
)
TASKS = st.sampled_from([None, a_task(), accepting(), accepted()])


@given(TICKETS, TASKS)
def test_a_ticket_that_waits_always_has_exactly_one_live_task_in_its_group(ticket, task):
    tending = tend(ticket, task, new_id="K2", at=LATER)

    live = [each for each in (tending.after, tending.queued) if each is not None and each.state in LIVE]
    waiting = [each for each in live if each.state is not State.ACCEPTED]
    assert len(live) <= 1
    assert [each.group for each in waiting] == ([ticket.waiting_in] if ticket.waiting_in else [])


@given(TICKETS, TASKS)
def test_tending_again_changes_nothing(ticket, task):
    first = tend(ticket, task, new_id="K2", at=LATER)
    left = first.queued or (first.after if first.after is not None and first.after.live else None)

    second = tend(ticket, left, new_id="K3", at=LATER)

    assert (second.moved, second.queued) == (None, None)
