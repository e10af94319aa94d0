"""Decisions of triggers, applied whole or refused whole."""

from typing import Any

import pytest

from services.tickets.domain.decision import Applying, Decision, Seen, Verdict, decide
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import AssignedBy, Priority, Resolution
from services.tickets.schemas.tickets import TicketChanges
from tests.unit.tickets.factories import LATER, TRIGGER, a_desk, a_spam_ticket, a_ticket

HOW = Applying(desk=a_desk(), by=TRIGGER, at=LATER, read=TicketChanges().read, register=tuple)
ASSIGN = {"action": "assign", "group": "billing", "assignee": None}


def decided(ticket: Ticket, *actions: dict[str, Any], **seen: Any) -> Verdict:
    saw = Seen(**({"group": ticket.group, "assignee": ticket.assignee} | seen))
    return decide(ticket, Decision(id="d", seen=saw, actions=actions), HOW)


@pytest.mark.requirement("R14")
def test_a_trigger_assigns_to_a_group():
    after = decided(a_ticket(), ASSIGN).ticket

    assert (after.group, after.assignee, after.status) == ("billing", None, Status.NEW)
    assert after.assigned_by is AssignedBy.TRIGGER


def test_all_actions_of_a_pass_are_one_change():
    actions = [
        {"action": "set", "field": "priority", "value": "urgent"},
        {"action": "tag", "add": ["vip"], "remove": []},
        ASSIGN,
    ]

    verdict = decided(a_ticket(), *actions)

    assert verdict.outcome == "applied"
    assert (verdict.ticket.priority, verdict.ticket.tags, verdict.ticket.version) == (Priority.URGENT, ("vip",), 2)


@pytest.mark.parametrize("seen", [{"group": "sales"}, {"assignee": "bob"}])
def test_a_decision_that_saw_another_owner_is_refused(seen: dict[str, str]):
    ticket = a_ticket()

    verdict = decided(ticket, ASSIGN, **seen)

    assert (verdict.ticket, verdict.outcome, verdict.refused) == (ticket, "refused", "outdated")


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"action": "set", "field": "priority", "value": "high as can be"}, "invalid"),
        ({"action": "set", "field": "title", "value": 7}, "invalid"),
        ({"action": "set", "field": "customer_fields.plan", "value": "x"}, "invalid"),
        ({"action": "set", "field": "status", "value": "closed"}, "invalid"),
        ({"action": "set", "field": "title.first", "value": "x"}, "invalid"),
        ({"action": "tag", "add": ["x" * 51], "remove": []}, "invalid"),
        ({"action": "resolve_internally", "reason": "answered"}, "invalid"),
    ],
)
def test_an_action_that_cannot_be_refuses_the_whole_decision(action: dict[str, Any], code: str):
    ticket = a_ticket()

    verdict = decided(ticket, ASSIGN, action)

    assert (verdict.ticket, verdict.refused) == (ticket, code)


@pytest.mark.requirement("R75")
def test_a_decision_on_spam_is_refused():
    assert decided(a_spam_ticket(), {"action": "tag", "add": ["x"]}).refused == "spam"


@pytest.mark.requirement("R66")
def test_a_trigger_sorts_out_spam():
    after = decided(a_ticket(), {"action": "resolve_internally", "reason": "spam"}).ticket

    assert (after.status, after.resolution) == (Status.RESOLVED_INTERNALLY, Resolution.SPAM)


def test_what_others_do_about_a_decision_leaves_the_ticket():
    ticket = a_ticket()

    assert decided(ticket, {"action": "reply", "template": "ack"}).ticket is ticket
