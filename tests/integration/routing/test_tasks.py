"""Tasks: what waits in a group, and what becomes of it."""

import pytest

from services.chassis.errors import Conflict, Fault, Forbidden, Invalid, NotFound
from tests.integration.routing.desk import EVE, WITHIN, Desk
from tests.integration.tickets.house import ALICE, BOB, LEAD
from tests.waiting import eventually


@pytest.mark.requirement("R01")
def test_a_ticket_in_a_group_waits_in_its_queue(desk: Desk):
    first, waiting = desk.waiting_task(priority="high")
    second, _ = desk.waiting_task()

    assert [each["ticket"] for each in desk.queue()] == [first["id"], second["id"]]
    assert (waiting["state"], waiting["priority"], waiting["number"]) == ("queued", "high", first["number"])


@pytest.mark.requirement("R14")
def test_a_ticket_that_a_trigger_gave_to_a_group_waits_there(desk: Desk):
    desk.add_trigger()

    ticket = desk.add_ticket(priority="urgent")

    waiting = desk.waiting(ticket["id"])
    assert (waiting["group"], waiting["priority"]) == (desk.group, "urgent")


@pytest.mark.requirement("R02")
@pytest.mark.requirement("R12")
def test_a_task_can_be_seen_with_its_ticket_its_customer_and_its_contact_before_it_is_taken(desk: Desk):
    desk.add_trigger()
    ticket = desk.add_mail()
    waiting = desk.waiting(ticket["id"])
    eventually(lambda: desk.queue()[0]["activity"], WITHIN)

    preview = desk.house.ask("routing", "get_task", id=waiting["id"])

    assert preview["task"] == desk.queue()[0]
    assert preview["ticket"] == desk.ticket(ticket["id"])
    assert preview["customer"]["name"] == "山田太郎"
    assert (preview["activity"]["text"], preview["activity"]["kind"]) == ("届きません", "mail")


@pytest.mark.requirement("R21")
def test_a_ticket_that_goes_to_another_group_waits_there(desk: Desk):
    ticket, waiting = desk.waiting_task(priority="low")
    other = desk.add_group(f"{desk.id}-o")["id"]

    desk.house.ask("tickets", "transfer_ticket", by=LEAD, id=ticket["id"], group=other)

    moved = desk.waiting(ticket["id"], other)
    assert (moved["priority"], desk.queue()) == ("low", [])
    assert desk.state_of(waiting["id"]) == "withdrawn"


@pytest.mark.requirement("R22")
def test_a_ticket_that_its_agent_gives_back_to_the_group_waits_again(desk: Desk):
    ticket, waiting = desk.waiting_task()
    desk.accept(waiting["id"])

    desk.house.ask("tickets", "transfer_ticket", id=ticket["id"], group=desk.group)

    assert desk.waiting(ticket["id"])["id"] != waiting["id"]
    assert desk.state_of(waiting["id"]) == "withdrawn"


def test_a_task_ends_with_its_ticket(desk: Desk):
    ticket, waiting = desk.waiting_task()
    desk.accept(waiting["id"])

    desk.house.ask("tickets", "solve_ticket", id=ticket["id"])

    desk.ends_as(waiting["id"], "completed")


def test_an_agent_completes_their_task_once(desk: Desk):
    ticket, waiting = desk.waiting_task()
    desk.accept(waiting["id"])
    with pytest.raises(Forbidden):
        desk.house.ask("routing", "complete_task", by=BOB, id=waiting["id"])

    completed = desk.house.ask("routing", "complete_task", id=waiting["id"])

    assert (completed["state"], desk.ticket(ticket["id"])["assignee"]) == ("completed", "alice")
    with pytest.raises(Conflict):
        desk.house.ask("routing", "complete_task", id=waiting["id"])


def test_who_names_no_group_sees_what_waits_in_all_of_theirs(desk: Desk):
    other = desk.add_group(f"{desk.id}-o", members=("bob",))["id"]
    first, _ = desk.waiting_task()
    second = desk.add_ticket(group=other)
    desk.waiting(second["id"], other)

    seen = {
        actor.id: {each["ticket"] for each in desk.house.ask("routing", "list_queue", by=actor, limit=200)["items"]}
        for actor in (ALICE, BOB, EVE)
    }

    both = {first["id"], second["id"]}
    assert (seen["alice"] & both, seen["bob"] & both, seen["eve"]) == ({first["id"]}, both, set())


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("list_queue", {"group": "nowhere"}, NotFound),
        ("list_tasks", {"mine": "stolen"}, Invalid),
        ("accept_task", {"id": "nothing"}, NotFound),
        ("complete_task", {"id": "nothing"}, NotFound),
        ("get_task", {"id": "nothing"}, NotFound),
        ("list_queue", {"cursor": "made-up"}, Invalid),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_its_reason(desk: Desk, method, args, error):
    with pytest.raises(Fault) as refused:
        desk.house.ask("routing", method, **args)

    assert isinstance(refused.value, error)
