"""Decisions and groups, told as routing tells them; customers, told as customers does."""

from typing import Any

import pytest

from services.chassis.ids import new_id
from tests.integration.tickets.acts import kept, make
from tests.integration.tickets.house import House, types


def decide(house: House, ticket: dict[str, Any], *actions: dict[str, Any], **saw: Any) -> dict[str, Any]:
    """Tell of a decision; the answer to it."""
    decision = new_id()
    data = {
        "decision": decision,
        "ticket": ticket["id"],
        "desk": ticket["desk"],
        "matched": ["to-billing"],
        "saw": {"group": ticket["group"], "assignee": ticket["assignee"], "status": ticket["status"]} | saw,
        "actions": list(actions),
    }
    house.tell("routing", "decision.made", decision, data | {"cascade": 1}, id=decision)
    house.settled(decision)
    answer = house.log("tickets", ticket["id"], "ticket.decided")[-1]
    assert answer["data"]["decision"] == decision
    return answer


@pytest.mark.requirement("R14")
@pytest.mark.requirement("R19")
def test_a_decision_is_applied_as_one_change(house: House):
    ticket = make(house)

    answer = decide(
        house,
        ticket,
        {"action": "set", "field": "priority", "value": "urgent"},
        {"action": "tag", "add": ["請求"], "remove": []},
        {"action": "assign", "group": "billing", "assignee": "alice"},
    )

    after = house.ask("tickets", "get_ticket", id=ticket["id"])
    assert (after["assignee"], after["assigned_by"], after["status"]) == ("alice", "trigger", "in_progress")
    assert (after["priority"], after["tags"], after["version"]) == ("urgent", ["請求"], 2)
    assert (answer["data"]["outcome"], answer["data"]["cascade"]) == ("applied", 1)
    assert types(house.log("tickets", ticket["id"]))[1:] == ["ticket.updated", "ticket.assigned", "ticket.decided"]


def test_a_decision_that_saw_another_owner_is_refused(house: House):
    ticket = kept(house)

    answer = decide(house, ticket, {"action": "assign", "group": "billing", "assignee": "bob"}, assignee=None)

    assert (answer["data"]["outcome"], answer["data"]["reason"]) == ("refused", "outdated")
    assert house.ask("tickets", "get_ticket", id=ticket["id"]) == ticket


def test_a_decision_that_cannot_be_is_refused_and_nothing_of_it_is_kept(house: House):
    ticket = make(house)

    answer = decide(
        house,
        ticket,
        {"action": "tag", "add": ["x"], "remove": []},
        {"action": "set", "field": "priority", "value": "highest"},
    )

    assert (answer["data"]["outcome"], answer["data"]["reason"]) == ("refused", "invalid")
    assert house.ask("tickets", "get_ticket", id=ticket["id"])["tags"] == []


def test_a_group_that_is_gone_is_forgotten_whatever_comes_late(house: House):
    group = {"group": "gone", "name": "Gone", "desk": "support", "members": ["alice"]}
    told = [new_id(), new_id()]

    house.tell("routing", "group.created", "gone", group, id=told[0])
    house.settled(told[0])
    house.tell("routing", "group.deleted", "gone", group, id=told[1])
    house.settled(told[1])

    assert house.database("tickets")["groups"].find_one({"_id": "gone"}) is None


@pytest.mark.requirement("R111")
def test_a_customers_new_name_is_shown_with_every_ticket(house: House):
    ticket, told = make(house, customer={"channel": "chat", "address": "renamed"}), new_id()
    customer = ticket["customer"]["id"]
    identities = [{"channel": "mail", "address": "new@example.jp", "key": "mail|new@example.jp", "verified": True}]
    data = {"customer": customer, "number": 1001, "personal": {"name": "山田花子", "identities": identities}}

    house.tell("customers", "customer.updated", customer, data, id=told)
    house.settled(told)

    shown = house.ask("tickets", "get_ticket", id=ticket["id"])["customer"]
    assert (shown["name"], shown["email"]) == ("山田花子", "new@example.jp")
