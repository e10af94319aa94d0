"""The table of moves, cell by cell, as REQUIREMENTS 1.10 has it."""

import pytest

from services.tickets.domain.lifecycle import ALL, LIFECYCLE, OPEN, Move, Status, destination
from services.tickets.errors import Closed, IllegalTransition, InSpamBox

OWNED = {
    Move.KEEP: {Status.NEW},
    Move.ASSIGN: OPEN,
    Move.TRANSFER: OPEN - {Status.ESCALATING},
    Move.HOLD: {Status.IN_PROGRESS, Status.ESCALATION_ANSWERED},
    Move.RESUME: {Status.ON_HOLD, Status.ESCALATING, Status.ESCALATION_ANSWERED},
    Move.SOLVE: {Status.IN_PROGRESS, Status.ON_HOLD, Status.ESCALATION_ANSWERED},
    Move.RESOLVE_INTERNALLY: OPEN,
    Move.REOPEN: {Status.SOLVED, Status.RESOLVED_INTERNALLY},
    Move.CLOSE: {Status.SOLVED, Status.RESOLVED_INTERNALLY},
    Move.EXPIRE: {Status.SOLVED},
    Move.ESCALATE: {Status.IN_PROGRESS, Status.ON_HOLD, Status.ESCALATION_ANSWERED},
    Move.ANSWER_ESCALATION: {Status.ESCALATING},
    Move.MOVE: OPEN,
    Move.MERGE: OPEN | {Status.SOLVED},
}


@pytest.mark.parametrize("move", OWNED)
@pytest.mark.parametrize("status", Status)
def test_a_move_is_possible_exactly_where_the_table_says_so(move: Move, status: Status):
    if status in OWNED[move]:
        destination(move, status, spam=False, assignee="alice")
    else:
        with pytest.raises(IllegalTransition):
            destination(move, status, spam=False, assignee="alice")


def test_every_move_has_its_row():
    assert LIFECYCLE.keys() == set(Move)


@pytest.mark.requirement("R22")
@pytest.mark.parametrize("move", [Move.ASSIGN, Move.TRANSFER, Move.REOPEN])
@pytest.mark.parametrize(("assignee", "after"), [("alice", Status.IN_PROGRESS), (None, Status.NEW)])
def test_who_has_it_says_whether_it_is_in_progress_or_new(move: Move, assignee: str | None, after: Status):
    status = Status.SOLVED if move is Move.REOPEN else Status.ON_HOLD

    assert destination(move, status, spam=False, assignee=assignee) is after


@pytest.mark.requirement("R75")
@pytest.mark.parametrize("move", set(Move) - {Move.RESTORE, Move.DELETE_SPAM, Move.UNDELETE, Move.COMMENT})
def test_spam_allows_nothing_but_to_be_restored_deleted_or_commented(move: Move):
    with pytest.raises((IllegalTransition, InSpamBox)):
        destination(move, Status.RESOLVED_INTERNALLY, spam=True, assignee=None)


@pytest.mark.parametrize("move", [Move.RESTORE, Move.DELETE_SPAM])
def test_what_is_for_spam_is_not_for_other_internal_resolutions(move: Move):
    with pytest.raises(IllegalTransition):
        destination(move, Status.RESOLVED_INTERNALLY, spam=False, assignee=None)


@pytest.mark.requirement("R63")
def test_a_closed_ticket_is_not_edited():
    with pytest.raises(Closed) as refusal:
        destination(Move.EDIT, Status.CLOSED, spam=False, assignee=None)

    assert refusal.value.code == "closed"


@pytest.mark.requirement("R64")
@pytest.mark.parametrize("status", ALL)
def test_a_comment_is_always_welcome(status: Status):
    assert destination(Move.COMMENT, status, spam=False, assignee=None) is status
