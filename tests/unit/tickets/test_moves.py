"""What each move makes of a ticket."""

import pytest

from services.tickets.domain import moves
from services.tickets.domain.lifecycle import Move, Status
from services.tickets.domain.words import AssignedBy, Box, Resolution
from services.tickets.errors import AlreadyTaken, Closed, GroupRequired, IllegalTransition, InSpamBox, NotPermitted
from tests.unit.tickets.factories import ALICE, LATER, LEAD, NOW, ROUTING, TRIGGER, a_spam_ticket, a_ticket


@pytest.mark.requirement("R17")
def test_keep_takes_what_is_nobodys():
    kept = moves.keep(a_ticket(), by=ALICE, groups=["billing"], group=None, at=LATER)

    assert (kept.assignee, kept.group, kept.status) == ("alice", "billing", Status.IN_PROGRESS)
    assert (kept.assigned_by, kept.version, kept.updated_at) == (AssignedBy.KEEP, 2, LATER)


@pytest.mark.requirement("R17")
def test_keep_of_a_groups_ticket_is_for_its_members():
    ticket = a_ticket(group="billing")

    assert moves.keep(ticket, by=ALICE, groups=["billing", "sales"], group=None, at=LATER).group == "billing"
    with pytest.raises(NotPermitted):
        moves.keep(ticket, by=ALICE, groups=["sales"], group=None, at=LATER)


@pytest.mark.requirement("R18")
def test_who_is_in_several_groups_must_say_for_which_they_keep():
    with pytest.raises(GroupRequired) as refusal:
        moves.keep(a_ticket(), by=ALICE, groups=["sales", "billing"], group=None, at=LATER)

    assert (refusal.value.code, refusal.value.facts) == ("group_required", {"groups": ["billing", "sales"]})


@pytest.mark.requirement("R18")
def test_keep_for_a_named_group():
    kept = moves.keep(a_ticket(), by=ALICE, groups=["sales", "billing"], group="sales", at=LATER)

    assert kept.group == "sales"


def test_keep_for_a_group_that_one_is_not_in():
    with pytest.raises(NotPermitted):
        moves.keep(a_ticket(), by=ALICE, groups=["billing"], group="sales", at=LATER)


def test_what_somebody_has_is_neither_kept_nor_accepted():
    ticket = a_ticket(assignee="bob")

    with pytest.raises(AlreadyTaken) as refusal:
        moves.keep(ticket, by=ALICE, groups=["billing"], group=None, at=LATER)
    with pytest.raises(AlreadyTaken):
        moves.accept(ticket, by=ROUTING, agent="alice", group="billing", at=LATER)
    assert refusal.value.facts == {"by": "bob"}


def test_an_accepted_offer_assigns():
    accepted = moves.accept(a_ticket(group="billing"), by=ROUTING, agent="alice", group="billing", at=LATER)

    assert (accepted.assignee, accepted.status) == ("alice", Status.IN_PROGRESS)
    assert accepted.assigned_by is AssignedBy.OFFER


@pytest.mark.requirement("R16")
def test_to_assign_a_group_alone_makes_it_new_again():
    assigned = moves.assign(a_ticket(assignee="bob", group="sales"), by=LEAD, group="billing", assignee=None, at=LATER)

    assert (assigned.group, assigned.assignee, assigned.status) == ("billing", None, Status.NEW)


def test_to_assign_an_agent_alone_keeps_the_group():
    assigned = moves.assign(a_ticket(group="sales"), by=LEAD, group=None, assignee="bob", at=LATER)

    assert (assigned.group, assigned.assignee, assigned.status) == ("sales", "bob", Status.IN_PROGRESS)


@pytest.mark.requirement("R19")
def test_what_a_trigger_assigns_needs_no_keep():
    assigned = moves.assign(a_ticket(), by=TRIGGER, group="billing", assignee="bob", at=LATER)

    assert (assigned.status, assigned.assigned_by) == (Status.IN_PROGRESS, AssignedBy.TRIGGER)


@pytest.mark.requirement("R21")
def test_transfer_names_group_and_agent():
    ticket = a_ticket(assignee="alice", group="billing", status=Status.ON_HOLD)

    handed = moves.transfer(ticket, by=ALICE, group="sales", assignee="bob", at=LATER)

    assert (handed.group, handed.assignee, handed.status) == ("sales", "bob", Status.IN_PROGRESS)


@pytest.mark.requirement("R57")
def test_a_held_ticket_is_taken_up_again():
    held = moves.hold(a_ticket(assignee="alice"), by=ALICE, at=LATER)

    assert held.status is Status.ON_HOLD
    assert moves.resume(held, by=ALICE, at=LATER).status is Status.IN_PROGRESS


@pytest.mark.requirement("R33")
@pytest.mark.requirement("R61")
def test_solved_and_closed_say_when():
    solved = moves.solve(a_ticket(assignee="alice"), by=ALICE, at=NOW)
    closed = moves.close(solved, by=LEAD, at=LATER)

    assert (solved.status, solved.solved_at, solved.closed_at) == (Status.SOLVED, NOW, None)
    assert (closed.status, closed.solved_at, closed.closed_at) == (Status.CLOSED, NOW, LATER)


@pytest.mark.requirement("R60")
def test_a_reply_reopens_a_solved_ticket_for_the_same_agent():
    solved = moves.solve(a_ticket(assignee="alice"), by=ALICE, at=NOW)

    reopened = moves.reopen(solved, at=LATER)

    assert (reopened.status, reopened.assignee) == (Status.IN_PROGRESS, "alice")
    assert (reopened.opened_at, reopened.solved_at, reopened.resolution) == (LATER, None, None)


def test_what_is_reopened_without_an_agent_is_new():
    resolved = a_ticket(status=Status.RESOLVED_INTERNALLY, resolution=Resolution.TEST)

    assert moves.reopen(resolved, at=LATER).status is Status.NEW


@pytest.mark.requirement("R73")
def test_spam_goes_to_the_spam_box_and_only_spam():
    ticket = a_ticket(assignee="alice")

    spam = moves.resolve_internally(ticket, by=ALICE, reason=Resolution.SPAM, at=LATER)
    abuse = moves.resolve_internally(ticket, by=ALICE, reason=Resolution.ABUSE, at=LATER)

    assert (spam.box, spam.spam) == (Box.SPAM, True)
    assert (abuse.box, abuse.spam) == (Box.MAIN, False)


@pytest.mark.requirement("R59")
def test_a_sent_reply_solves_for_its_author_whoever_has_it():
    answered = moves.answered(a_ticket(assignee="bob"), Move.SOLVE, at=LATER)

    assert (answered.status, answered.resolution, answered.solved_at) == (Status.SOLVED, Resolution.ANSWERED, LATER)


@pytest.mark.requirement("R58")
def test_an_interim_answer_holds_and_resolves_nothing():
    answered = moves.answered(a_ticket(assignee="bob"), Move.HOLD, at=LATER)

    assert (answered.status, answered.resolution, answered.solved_at) == (Status.ON_HOLD, None, None)


@pytest.mark.requirement("R75")
def test_nothing_is_sent_about_spam_or_to_what_is_closed():
    with pytest.raises(InSpamBox):
        moves.check_reply(a_spam_ticket(), None)
    with pytest.raises(Closed):
        moves.check_reply(a_ticket(status=Status.CLOSED), None)


def test_a_then_that_the_status_forbids_is_refused_before_anything_leaves():
    moves.check_reply(a_ticket(assignee="alice"), Move.SOLVE)
    with pytest.raises(IllegalTransition):
        moves.check_reply(a_ticket(), Move.SOLVE)
