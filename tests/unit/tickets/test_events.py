"""The events, their snapshots, and what they keep apart."""

import pytest

from services.chassis.events import declared
from services.tickets import events
from services.tickets.domain import moves
from services.tickets.domain.activity import comment
from services.tickets.domain.content import edited
from services.tickets.domain.lifecycle import Move
from services.tickets.domain.words import Priority, Resolution
from tests.unit.tickets.factories import ALICE, LATER, LEAD, TRIGGER, a_desk, a_ticket

DECLARED = list(declared(events))


def types(*found) -> list[str]:
    return [event.type for event in found]


@pytest.mark.parametrize("event", DECLARED, ids=lambda event: event.type)
def test_an_example_has_every_member_of_its_event_and_no_other(event):
    assert event.example.keys() == event.json_schema()["properties"].keys()


def test_an_edit_says_from_what_to_what_and_keeps_free_text_apart():
    before = a_ticket()
    changes = {"title": "新", "priority": Priority.HIGH}

    [event] = events.edits(before, edited(before, changes, desk=a_desk(), by=ALICE, at=LATER))

    data = event.data()
    assert data["changed"] == {"priority": ["normal", "high"]}
    assert data["personal"] == {"title": "新", "changed": {"title": ["請求書について", "新"]}}


def test_nothing_edited_is_no_event():
    assert events.edits(a_ticket(), a_ticket()) == []


def test_keeping_shows_owner_and_status_before_and_after():
    before = a_ticket()

    event = events.TicketAssigned.of(moves.keep(before, by=ALICE, groups=["g"], group=None, at=LATER), before)

    assert event.data()["changed"] == {
        "assigned_by": [None, "keep"],
        "assignee": [None, "alice"],
        "group": [None, "g"],
        "status": ["new", "in_progress"],
    }


def test_a_new_ticket_carries_what_triggers_ask_for():
    data = events.TicketCreated.new(a_ticket(tags=("vip",), description="九月分")).data()

    assert (data["priority"], data["tags"], data["personal"]["description"]) == ("normal", ["vip"], "九月分")
    assert "description" not in data


def test_one_change_of_many_kinds_is_one_event_a_kind():
    before = a_ticket(assignee="alice")
    assigned = moves.assign(before, by=TRIGGER, group="billing", assignee="bob", at=LATER)
    after = moves.resolve_internally(
        assigned.edit({"tags": ("spam?",)}, by=TRIGGER, at=LATER), by=TRIGGER, reason=Resolution.SPAM, at=LATER
    )

    found = events.consequences(before, after)

    assert types(*found) == ["ticket.updated", "ticket.assigned", "ticket.resolved_internally"]
    assert [sorted(event.data()["changed"]) for event in found] == [
        ["tags"],
        ["assigned_by", "assignee", "group"],
        ["resolution", "status"],
    ]


@pytest.mark.parametrize(("then", "type"), [(Move.SOLVE, "ticket.solved"), (Move.HOLD, "ticket.held")])
def test_what_an_answer_did_is_seen_from_the_difference(then: Move, type: str):
    before = a_ticket(assignee="alice")

    assert types(*events.consequences(before, moves.answered(before, then, at=LATER))) == [type]


def test_reopening_is_seen_from_the_difference():
    solved = moves.solve(a_ticket(assignee="alice"), by=LEAD, at=LATER)

    assert types(*events.consequences(solved, moves.reopen(solved, at=LATER))) == ["ticket.reopened"]


def test_an_entry_is_told_with_its_own_channel_and_its_tickets_id_as_subject():
    ticket = a_ticket()

    event = events.ActivityRecorded.entry(ticket, comment(ticket, "確認中", id="a", by=ALICE, at=LATER))

    data = event.data()
    assert (event.subject, data["channel"], data["author"]) == (ticket.id, "agent", "agent/alice")
    assert data["personal"]["text"] == "確認中"


def test_a_rewritten_comment_keeps_its_former_text():
    ticket = a_ticket()
    before = comment(ticket, "確認中", id="a", by=ALICE, at=LATER)

    event = events.ActivityUpdated.change(ticket, before, before.edit({"text": "済", "done": True}, a_desk()))

    data = event.data()
    assert data["changed"] == {"done": [False, True]}
    assert data["personal"]["changed"] == {"text": ["確認中", "済"]}
