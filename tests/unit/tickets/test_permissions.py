"""Who may make which move (REQUIREMENTS 1.10)."""

import pytest

from services.tickets.domain.lifecycle import Move
from services.tickets.domain.permissions import PERMISSIONS, administer, permit
from services.tickets.domain.words import AssignedBy
from services.tickets.errors import NotPermitted
from tests.unit.tickets.factories import ADMIN, ALICE, BOB, LEAD, ROUTING, TRIGGER, Person, a_ticket

OWNERS_MOVES = [Move.HOLD, Move.RESUME, Move.SOLVE, Move.RESOLVE_INTERNALLY, Move.ESCALATE, Move.MOVE, Move.MERGE]
HEADS_MOVES = [Move.CLOSE, Move.DELETE, Move.UNMERGE, Move.ASSIGN]


def test_every_move_has_its_row():
    assert PERMISSIONS.keys() == set(Move)


@pytest.mark.parametrize("move", OWNERS_MOVES)
@pytest.mark.parametrize("actor", [ALICE, LEAD, ADMIN])
def test_the_assignee_and_the_heads_make_the_moves_of_an_owner(move: Move, actor: Person):
    permit(move, actor, a_ticket(assignee="alice"))


@pytest.mark.parametrize("move", OWNERS_MOVES)
def test_another_agent_does_not(move: Move):
    with pytest.raises(NotPermitted):
        permit(move, BOB, a_ticket(assignee="alice"))


@pytest.mark.parametrize("move", HEADS_MOVES)
def test_some_moves_are_for_lead_and_admin(move: Move):
    ticket = a_ticket(assignee="alice")

    permit(move, LEAD, ticket)
    permit(move, ADMIN, ticket)
    with pytest.raises(NotPermitted):
        permit(move, ALICE, ticket)


@pytest.mark.requirement("R20")
def test_what_a_trigger_assigned_is_transferred_by_lead_or_admin_only():
    ticket = a_ticket(assignee="alice", assigned_by=AssignedBy.TRIGGER)

    permit(Move.TRANSFER, LEAD, ticket)
    with pytest.raises(NotPermitted):
        permit(Move.TRANSFER, ALICE, ticket)


@pytest.mark.requirement("R23")
@pytest.mark.parametrize("how", [AssignedBy.KEEP, AssignedBy.OFFER, AssignedBy.ASSIGN, AssignedBy.TRANSFER])
def test_whoever_has_it_otherwise_may_hand_it_on(how: AssignedBy):
    permit(Move.TRANSFER, ALICE, a_ticket(assignee="alice", assigned_by=how))


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("actor", [TRIGGER, ROUTING])
def test_triggers_and_services_assign(actor: Person):
    permit(Move.ASSIGN, actor, a_ticket())


def test_anybody_resolves_internally_what_is_nobodys():
    permit(Move.RESOLVE_INTERNALLY, BOB, a_ticket())


@pytest.mark.parametrize("actor", [Person("x", ("lead",), "customer"), Person("x", (), "agent")])
def test_who_does_not_work_here_does_nothing(actor: Person):
    for move in Move:
        with pytest.raises(NotPermitted):
            permit(move, actor, a_ticket(assignee="alice"))


@pytest.mark.requirement("R13")
def test_desks_are_administered_by_admins():
    administer(ADMIN)
    with pytest.raises(NotPermitted):
        administer(LEAD)
