"""Triggers: saved, evaluated when something happens, and explained."""

import pytest

from services.chassis.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from services.chassis.ids import new_id
from tests.integration.routing.desk import WITHIN, Desk
from tests.integration.tickets.house import ADMIN, ALICE, LEAD
from tests.waiting import eventually


def decided(desk: Desk, ticket: str, outcome: str = "applied"):
    """The newest decision on a ticket, once tickets has said what became of it."""
    return eventually(
        lambda: next((each for each in desk.decisions(ticket)[:1] if each["outcome"] == outcome), None), WITHIN
    )


@pytest.mark.requirement("R13")
@pytest.mark.requirement("R14")
@pytest.mark.requirement("R22")
def test_a_trigger_assigns_a_new_ticket_to_a_group_and_an_agent(desk: Desk):
    then = [{"action": "assign", "group": desk.group, "assignee": "alice"}, {"action": "tag", "add": ["請求"]}]
    desk.add_trigger(when={"field": "title", "op": "contains", "value": "請求書"}, then=then)

    ticket = desk.add_ticket()

    decided(desk, ticket["id"])
    after = desk.ticket(ticket["id"])
    assert (after["group"], after["assignee"], after["assigned_by"]) == (desk.group, "alice", "trigger")
    assert (after["status"], after["tags"]) == ("in_progress", ["請求"])


@pytest.mark.requirement("R16")
@pytest.mark.requirement("N5")
@pytest.mark.requirement("N8")
def test_a_ticket_that_no_trigger_matched_says_why(desk: Desk):
    when = {"all": [{"field": "language", "op": "is", "value": "en"}, {"field": "title", "op": "present"}]}
    trigger = desk.add_trigger(when=when)

    ticket = desk.add_ticket(language="ja")

    decision = decided(desk, ticket["id"], "nothing_to_do")
    assert (decision["matched"], decision["actions"], decision["on"]) == ([], [], "ticket.created")
    failed = [{"field": "language", "op": "is", "value": "en", "actual": "ja", "negated": False}]
    assert decision["explain"] == [
        {"trigger": trigger["id"], "name": trigger["name"], "matched": False, "failed": failed}
    ]
    assert desk.ticket(ticket["id"])["group"] is None


@pytest.mark.requirement("R15")
def test_a_trigger_may_look_at_the_customer_and_at_all_of_the_ticket(desk: Desk):
    when = {
        "all": [
            {"field": "customer.email", "op": "ends_with", "value": "@EXAMPLE.jp"},
            {"field": "customer.name", "op": "is", "value": "山田太郎"},
            {"field": "description", "op": "contains", "value": "九月分"},
        ]
    }
    desk.add_trigger(when=when)

    ticket = desk.add_ticket()

    assert decided(desk, ticket["id"])["actions"] == [{"action": "assign", "group": desk.group, "assignee": None}]


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("occasion", ["activity.recorded", "ticket.created"])
def test_a_trigger_may_look_at_the_mail_behind_an_activity_or_a_ticket(desk: Desk, occasion):
    when = {
        "all": [
            {"field": "mail.from", "op": "is", "value": "yamada@example.jp"},
            {"field": "mail.subject", "op": "matches", "value": "請求書.*ません"},
            {"field": "mail.header.x-campaign", "op": "present"},
        ]
    }
    desk.add_trigger(on=[occasion], when=when)

    ticket = desk.add_mail()

    assert decided(desk, ticket["id"])["saw"] == {"group": None, "assignee": None, "status": "new"}
    assert desk.ticket(ticket["id"])["group"] == desk.group


@pytest.mark.requirement("N6")
def test_all_that_matches_becomes_one_change_in_the_order_of_positions(desk: Desk):
    urgent = {"action": "set", "field": "priority", "value": "urgent"}
    low = {"action": "set", "field": "priority", "value": "low"}
    desk.add_trigger(position=2, then=[urgent])
    desk.add_trigger(position=1, then=[low, {"action": "assign", "group": desk.group}])
    desk.add_trigger(position=3, then=[{"action": "assign", "assignee": "bob"}], active=False)

    ticket = desk.add_ticket()

    decided(desk, ticket["id"])
    after = desk.ticket(ticket["id"])
    assert (after["priority"], after["group"], after["assignee"]) == ("urgent", desk.group, None)
    assert after["version"] == ticket["version"] + 1


@pytest.mark.requirement("N6")
def test_triggers_that_call_each_other_end_at_the_fifth_decision(desk: Desk):
    for before, after in (("low", "high"), ("high", "low")):
        when = {"all": [{"field": "priority", "op": "is", "value": before}, {"field": "priority", "op": "changed"}]}
        then = [{"action": "set", "field": "priority", "value": after}]
        desk.add_trigger(on=["ticket.updated"], when=when, then=then)
    ticket = desk.add_ticket()

    desk.house.ask(
        "tickets", "change_ticket", id=ticket["id"], if_version=ticket["version"], changes={"priority": "low"}
    )

    [refusal] = eventually(lambda: [each for each in desk.decisions(ticket["id"]) if each["refused"]], within=40)
    updates = desk.house.log("tickets", ticket["id"], "ticket.updated")
    assert (refusal["refused"], refusal["actions"], refusal["event"]) == ("cascade_too_deep", [], updates[-1]["_id"])
    assert [each["data"]["cascade"] for each in updates] == [0, 1, 2, 3, 4, 5]


def test_a_decision_that_came_too_late_is_made_once_more(desk: Desk):
    desk.add_trigger(on=["activity.recorded"], then=[{"action": "assign", "group": desk.group}])
    ticket = desk.add_ticket()
    told = {"ticket": ticket["id"], "number": ticket["number"], "desk": desk.id, "group": "elsewhere"}
    told |= {"assignee": None, "assigned_by": None, "status": "new", "channel": "mail", "customer": None}

    desk.house.tell("tickets", "activity.recorded", ticket["id"], told | {"activity": "A1", "direction": "in"})

    again = decided(desk, ticket["id"])
    [first] = [each for each in desk.decisions(ticket["id"]) if each["id"] == again["retries"]]
    assert (first["outcome"], first["saw"]["group"], again["saw"]["group"]) == ("refused", "elsewhere", None)
    assert desk.ticket(ticket["id"])["group"] == desk.group


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"when": {"all": [{"field": "nonsense", "op": "is", "value": 1}]}}, "when.all.0.field"),
        ({"when": {"field": "title", "op": "matches", "value": r"(a)\1"}}, "when.value"),
        ({"then": [{"action": "assign", "group": "nowhere"}]}, "then.0.group"),
        ({"desk": "nowhere"}, "desk"),
        ({"on": ["ticket.exploded"]}, "on.0"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_wrong_trigger_is_refused_by_the_path_of_its_mistake(desk: Desk, fields, path):
    with pytest.raises(Invalid) as refused:
        desk.add_trigger(**fields)

    assert path in refused.value.errors


def test_a_trigger_is_changed_by_who_saw_it_as_it_is(desk: Desk):
    trigger = desk.add_trigger()

    changed = desk.house.ask(
        "routing", "change_trigger", by=ADMIN, id=trigger["id"], if_version=1, changes={"active": False}
    )
    with pytest.raises(Stale) as stale:
        desk.house.ask("routing", "delete_trigger", by=ADMIN, id=trigger["id"], if_version=1)

    assert (changed["active"], changed["version"], changed["when"]) == (False, 2, {"all": []})
    assert stale.value.current == changed
    assert desk.house.ask("routing", "get_trigger", id=trigger["id"]) == changed


def test_a_trigger_that_was_deleted_is_gone_and_its_id_with_it(desk: Desk):
    id = f"{desk.id}-t"
    desk.add_trigger(id=id)

    desk.house.ask("routing", "delete_trigger", by=ADMIN, id=id, if_version=1)

    with pytest.raises(NotFound):
        desk.house.ask("routing", "get_trigger", id=id)
    with pytest.raises(Conflict):
        desk.add_trigger(id=id)


@pytest.mark.parametrize("actor", [ALICE, LEAD])
def test_only_an_administrator_configures_routing(desk: Desk, actor):
    trigger = desk.add_trigger()

    with pytest.raises(Forbidden):
        desk.house.ask("routing", "delete_trigger", by=actor, id=trigger["id"], if_version=1)
    with pytest.raises(Forbidden):
        desk.house.ask("routing", "create_group", by=actor, name="x", desk=desk.id)


def test_triggers_are_listed_in_the_order_in_which_they_run(desk: Desk):
    late, early = desk.add_trigger(position=900_001), desk.add_trigger(position=900_000)

    found, cursor = [], None
    while True:
        page = desk.house.ask("routing", "list_triggers", limit=2, cursor=cursor)
        found, cursor = found + [each["id"] for each in page["items"]], page["next"]
        if cursor is None:
            break

    assert [each for each in found if each in (early["id"], late["id"])] == [early["id"], late["id"]]
    assert len(found) == len(set(found))


def test_a_group_that_is_needed_is_not_deleted(desk: Desk):
    desk.add_group(f"{desk.id}-u")
    trigger = desk.add_trigger()

    with pytest.raises(Conflict) as refused:
        desk.house.ask("routing", "delete_group", by=ADMIN, id=desk.group, if_version=1)
    desk.house.ask("routing", "delete_group", by=ADMIN, id=f"{desk.id}-u", if_version=1)

    assert (refused.value.code, refused.value.facts) == ("in_use", {"triggers": [trigger["id"]]})
    with pytest.raises(NotFound):
        desk.house.ask("routing", "get_group", id=f"{desk.id}-u")


def test_a_group_is_answered_as_it_was_saved(desk: Desk):
    id = new_id().lower()

    group = desk.add_group(id, offer_timeout="PT20S", capacity={"mail": 3})
    changed = desk.house.ask(
        "routing", "change_group", by=ADMIN, id=id, if_version=1, changes={"name": "Billing", "capacity": {"chat": 1}}
    )

    assert group["members"] == [{"agent": "alice", "skills": {}}, {"agent": "bob", "skills": {}}]
    assert (group["offer_timeout"], group["distribution"]) == ("PT20S", "pull")
    assert (changed["name"], changed["capacity"]) == ("Billing", {"phone": 1, "chat": 1, "sms": 4, "mail": 3})
    with pytest.raises(Invalid):
        desk.add_group(f"{id}-x", distribution="round_robin")
