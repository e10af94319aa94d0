"""Tickets over RPC: made, read, edited, commented."""

from typing import Any

import pytest

from services.chassis.errors import Conflict, Invalid, NotFound, Stale
from services.chassis.ids import new_id
from tests.integration.tickets.acts import kept, make
from tests.integration.tickets.house import ADMIN, ALICE, BOB, House, types


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


def test_a_desk_with_tickets_is_in_use(house: House):
    house.ask("tickets", "create_desk", by=ADMIN, id="full", name="Full")
    make(house, desk="full")

    with pytest.raises(Conflict) as refusal:
        house.ask("tickets", "delete_desk", by=ADMIN, id="full", if_version=1)

    assert refusal.value.code == "in_use"
