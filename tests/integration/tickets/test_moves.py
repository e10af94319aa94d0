"""Tickets over RPC: kept, handed on, ended."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.chassis.context import Actor
from services.chassis.errors import Conflict, Fault, Forbidden
from tests.integration.tickets.acts import kept, make
from tests.integration.tickets.house import ALICE, BOB, LEAD, SERVICE, House, types


@pytest.mark.requirement("R17")
def test_twenty_agents_keep_one_ticket_and_one_has_it(house: House):
    made = make(house)

    def keep(_: int) -> str:
        try:
            return str(house.ask("tickets", "keep_ticket", id=made["id"])["assignee"])
        except Fault as refusal:
            return refusal.code

    with ThreadPoolExecutor(20) as agents:
        outcomes = sorted(agents.map(keep, range(20)))

    assert outcomes == ["alice", *["already_taken"] * 19]
    assert len(house.log("tickets", made["id"], "ticket.assigned")) == 1


@pytest.mark.requirement("R17")
def test_who_is_in_no_group_of_the_desk_does_not_keep(house: House):
    with pytest.raises(Forbidden):
        house.ask("tickets", "keep_ticket", by=LEAD, id=make(house)["id"])


def test_a_group_of_which_no_event_came_yet_is_asked_for(house: House):
    made = make(house, group="late")

    assert house.ask("tickets", "keep_ticket", by=BOB, id=made["id"])["group"] == "late"


@pytest.mark.requirement("R57")
@pytest.mark.requirement("R59")
@pytest.mark.requirement("R61")
def test_a_ticket_is_held_resumed_solved_and_closed(house: House):
    ticket = kept(house)["id"]

    for move, by in [("hold", ALICE), ("resume", ALICE), ("solve", ALICE), ("close", LEAD)]:
        last = house.ask("tickets", f"{move}_ticket", by=by, id=ticket)

    assert (last["status"], last["version"]) == ("closed", 6)
    assert last["solved_at"] <= last["closed_at"]
    assert types(house.log("tickets", ticket)) == [
        "ticket.created",
        "ticket.assigned",
        "ticket.held",
        "ticket.resumed",
        "ticket.solved",
        "ticket.closed",
    ]


@pytest.mark.parametrize(
    ("move", "args", "by", "code"),
    [
        ("resume_ticket", {}, ALICE, "illegal_transition"),
        ("close_ticket", {}, LEAD, "illegal_transition"),
        ("solve_ticket", {}, BOB, "forbidden"),
        ("close_ticket", {}, ALICE, "forbidden"),
        ("assign_ticket", {"assignee": "bob"}, ALICE, "forbidden"),
        ("keep_ticket", {}, ALICE, "already_taken"),
        ("hold_ticket", {"if_version": 1}, ALICE, "stale"),
        ("transfer_ticket", {"group": "nobodys"}, ALICE, "invalid"),
    ],
)
def test_what_a_ticket_in_progress_does_not_allow(house: House, move: str, args: dict[str, Any], by: Actor, code: str):
    with pytest.raises(Fault) as refusal:
        house.ask("tickets", move, by=by, id=kept(house)["id"], **args)

    assert refusal.value.code == code


@pytest.mark.requirement("R21")
@pytest.mark.requirement("R24")
def test_a_transfer_brings_its_note_to_the_next_owner(house: House):
    ticket = kept(house)["id"]

    moved = house.ask("tickets", "transfer_ticket", id=ticket, group="late", assignee="bob", note="折り返し済み")

    [entry] = house.ask("tickets", "list_activities", ticket=ticket)["items"]
    assert (moved["group"], moved["assignee"], moved["status"]) == ("late", "bob", "in_progress")
    assert (entry["text"], entry["direction"], entry["author"]["name"]) == ("折り返し済み", "internal", "Alice")
    assert types(house.log("tickets", ticket))[-2:] == ["ticket.transferred", "activity.recorded"]


@pytest.mark.requirement("R66")
@pytest.mark.requirement("R75")
def test_spam_is_not_worked_on(house: House):
    ticket = make(house)["id"]
    house.ask("tickets", "resolve_ticket_internally", id=ticket, reason="spam")

    for method, args in [
        ("change_ticket", {"if_version": 2, "changes": {"title": "x"}}),
        ("check_reply", {}),
        ("assign_ticket", {"assignee": "bob"}),
    ]:
        with pytest.raises(Conflict):
            house.ask("tickets", method, by=LEAD, id=ticket, **args)


@pytest.mark.requirement("R69")
def test_a_duplicate_says_of_what(house: House):
    first, second = make(house), make(house)

    resolved = house.ask(
        "tickets", "resolve_ticket_internally", id=second["id"], reason="duplicate", of=str(first["number"])
    )

    [event] = house.log("tickets", second["id"], "ticket.resolved_internally")
    assert (resolved["status"], resolved["resolution"]) == ("resolved_internally", "duplicate")
    assert (event["data"]["reason"], event["data"]["duplicate_of"]) == ("duplicate", first["id"])


def test_an_accepted_offer_assigns_what_is_nobodys(house: House):
    made = make(house, group="billing")

    accepted = house.ask("tickets", "accept_ticket", by=SERVICE, id=made["id"], group="billing", agent="bob")

    assert (accepted["assignee"], accepted["assigned_by"]) == ("bob", "offer")
    with pytest.raises(Conflict):
        house.ask("tickets", "accept_ticket", by=SERVICE, id=made["id"], group="billing", agent="alice")
