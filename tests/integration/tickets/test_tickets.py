"""Tickets over RPC: made, read, edited, kept, moved."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.chassis.context import Actor
from services.chassis.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Stale
from services.chassis.ids import new_id
from tests.integration.tickets.house import ADMIN, ALICE, BOB, LEAD, SERVICE, House, types

CUSTOMER = {"channel": "mail", "address": "taro@example.jp", "name": "山田太郎"}


def make(house: House, *, by: Actor = SERVICE, key: str | None = None, **fields: Any) -> dict[str, Any]:
    """A ticket by phone, as a form makes it."""
    usual = {"desk": "support", "title": "請求書について", "description": "届きません", "channel": "phone"}
    made: dict[str, Any] = house.ask(
        "tickets", "create_ticket", by=by, key=key, **({**usual, "customer": CUSTOMER} | fields)
    )
    return made


def kept(house: House, **fields: Any) -> dict[str, Any]:
    """A ticket that alice keeps."""
    answer: dict[str, Any] = house.ask("tickets", "keep_ticket", id=make(house, **fields)["id"])
    return answer


@pytest.mark.requirement("R43")
@pytest.mark.requirement("R46")
@pytest.mark.requirement("R49")
def test_a_ticket_is_made_and_shown(house: House):
    made = make(house, language="ja", tags=["VIP"], priority="high")

    assert made == house.ask("tickets", "get_ticket", id=made["id"])
    assert made == house.ask("tickets", "get_ticket", id=str(made["number"]))
    assert (made["status"], made["channel"], made["priority"], made["tags"]) == ("new", "phone", "high", ["VIP"])
    assert (made["customer"]["name"], made["customer"]["email"]) == ("山田太郎", "taro@example.jp")
    assert (made["opened_at"], made["solved_at"], made["version"]) == (made["created_at"], None, 1)
    assert types(house.log("tickets", made["id"])) == ["ticket.created"]


@pytest.mark.requirement("R110")
def test_a_customer_is_named_by_id_too(house: House):
    first = make(house)

    second = make(house, customer={"id": first["customer"]["id"]})

    assert second["customer"] == first["customer"]


@pytest.mark.requirement("R44")
@pytest.mark.requirement("R45")
def test_an_agents_ticket_is_in_progress_with_its_assignee(house: House):
    made = make(house, by=ALICE, channel="agent", group="billing", assignee="alice")

    assert (made["status"], made["assignee"], made["assigned_by"]) == ("in_progress", "alice", "assign")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"title": "a" * 256}, "title"),
        ({"title": "\u0301"}, "title"),
        ({"description": "あ" * 2001}, "description"),
        ({"desk": "nowhere"}, "desk"),
        ({"group": "nobodys"}, "group"),
        ({"priority": "highest"}, "priority"),
        ({"channel": "agent"}, "group"),
        ({"customer": {}}, "customer"),
        ({"customer": {"id": "nobody"}}, "customer.id"),
        ({"customer_fields": {"plan": "x"}}, "customer_fields.plan"),
        ({"related_to": "nothing"}, "related_to"),
        ({"tags": ["x" * 51]}, "tags.0"),
        ({"status": "closed"}, "status"),
    ],
)
def test_what_is_wrong_with_a_new_ticket_is_named(house: House, wrong: dict[str, Any], named: str):
    with pytest.raises(Invalid) as refusal:
        make(house, **wrong)

    assert named in refusal.value.errors


def test_the_same_key_makes_one_ticket(house: House):
    key = new_id()

    assert make(house, key=key) == make(house, key=key)


@pytest.mark.requirement("R28")
def test_an_edit_is_told_with_before_and_after(house: House):
    made = make(house)

    changes = {"title": "新", "priority": "low", "tags": ["vip"]}
    edited = house.ask("tickets", "change_ticket", id=made["id"], if_version=1, changes=changes)

    [event] = house.log("tickets", made["id"], "ticket.updated")
    assert (edited["title"], edited["priority"], edited["version"]) == ("新", "low", 2)
    assert event["data"]["changed"]["priority"] == ["normal", "low"]
    assert event["data"]["personal"]["changed"] == {"title": ["請求書について", "新"]}


@pytest.mark.requirement("R39")
def test_a_tag_is_written_as_it_was_first(house: House):
    make(house, tags=["重要A"])

    assert make(house, tags=["重要ａ"])["tags"] == ["重要A"]


@pytest.mark.requirement("R34")
@pytest.mark.requirement("R35")
def test_who_edits_what_another_changed_is_given_what_it_is_now(house: House):
    made = make(house)
    house.ask("tickets", "change_ticket", by=BOB, id=made["id"], if_version=1, changes={"title": "Bob's"})

    with pytest.raises(Stale) as refusal:
        house.ask("tickets", "change_ticket", id=made["id"], if_version=1, changes={"title": "Alice's"})

    assert refusal.value.current == house.ask("tickets", "get_ticket", id=made["id"])


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


@pytest.mark.requirement("R64")
def test_a_comment_is_an_entry_whose_former_texts_stay_in_the_history(house: House):
    ticket = make(house)
    entry = house.ask("tickets", "add_comment", ticket=ticket["id"], text="確認中")

    changed = house.ask(
        "tickets", "change_activity", id=entry["id"], if_version=1, changes={"text": "済", "done": True}
    )

    history = house.ask("tickets", "list_history", ticket=ticket["id"])["items"]
    assert changed == house.ask("tickets", "get_activity", id=entry["id"])
    assert (changed["text"], changed["done"], changed["version"]) == ("済", True, 2)
    assert history[-1]["data"]["personal"]["changed"]["text"] == ["確認中", "済"]
    assert house.ask("tickets", "get_ticket", id=ticket["id"])["version"] == ticket["version"]


@pytest.mark.requirement("R52")
@pytest.mark.requirement("R54")
def test_the_history_is_what_happened_in_order(house: House):
    ticket = kept(house)["id"]

    first = house.ask("tickets", "list_history", ticket=ticket, limit=1)
    second = house.ask("tickets", "list_history", ticket=ticket, limit=1, cursor=first["next"])

    assert [types(first["items"]), types(second["items"]), second["next"]] == [
        ["ticket.created"],
        ["ticket.assigned"],
        None,
    ]
    assert second["items"][0]["actor"]["id"] == "alice"
    with pytest.raises(Invalid):
        house.ask("tickets", "list_history", ticket=ticket, cursor="made up")


@pytest.mark.requirement("R53")
def test_earlier_inquiries_of_the_same_customer(house: House):
    customer = {"channel": "mail", "address": "hanako@example.jp"}
    first, second, third = (make(house, customer=customer) for _ in range(3))

    found = house.ask("tickets", "list_inquiries", ticket=third["id"])["items"]

    assert [each["id"] for each in found] == [second["id"], first["id"]]


def test_what_is_not_there_is_not_found(house: House):
    for method, args in [("get_ticket", {"id": "nothing"}), ("get_ticket", {"id": "1"}), ("get_activity", {"id": "x"})]:
        with pytest.raises(NotFound):
            house.ask("tickets", method, **args)


def test_an_accepted_offer_assigns_what_is_nobodys(house: House):
    made = make(house, group="billing")

    accepted = house.ask("tickets", "accept_ticket", by=SERVICE, id=made["id"], group="billing", agent="bob")

    assert (accepted["assignee"], accepted["assigned_by"]) == ("bob", "offer")
    with pytest.raises(Conflict):
        house.ask("tickets", "accept_ticket", by=SERVICE, id=made["id"], group="billing", agent="alice")


def test_a_desk_with_tickets_is_in_use(house: House):
    house.ask("tickets", "create_desk", by=ADMIN, id="full", name="Full")
    make(house, desk="full")

    with pytest.raises(Conflict) as refusal:
        house.ask("tickets", "delete_desk", by=ADMIN, id="full", if_version=1)

    assert refusal.value.code == "in_use"
