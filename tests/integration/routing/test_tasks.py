"""Tasks: what waits in a group, who takes it, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.chassis import context
from services.chassis.clock import now
from services.chassis.context import Actor, Call
from services.chassis.errors import Conflict, Fault, Forbidden, Invalid, NotFound
from services.chassis.store import run_unit
from services.routing.domain.task import ACCEPTING_TIME, State
from services.routing.store import RoutingStore
from tests.integration.routing.desk import WITHIN, Desk
from tests.integration.tickets.house import ALICE, BOB, LEAD, SERVICE
from tests.waiting import eventually

EVE = Actor(kind="agent", id="eve", name="Eve", roles=("agent",))


def waiting_task(desk: Desk, **fields):
    """A ticket that waits in the group, and its task."""
    ticket = desk.add_ticket(group=desk.group, **fields)
    return ticket, desk.waiting(ticket["id"])


def state_of(desk: Desk, task: str) -> str:
    return desk.house.ask("routing", "get_task", id=task)["task"]["state"]


def ends_as(desk: Desk, task: str, state: str) -> None:
    eventually(lambda: state_of(desk, task) == state, WITHIN)


@pytest.mark.requirement("R01")
def test_a_ticket_in_a_group_waits_in_its_queue(desk: Desk):
    first, waiting = waiting_task(desk, priority="high")
    second, _ = waiting_task(desk)

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


@pytest.mark.requirement("R03")
def test_accepting_makes_the_ticket_the_agents_and_shows_it_among_their_tasks(desk: Desk):
    ticket, waiting = waiting_task(desk)

    accepted = desk.accept(waiting["id"])

    after = desk.ticket(ticket["id"])
    mine = desk.house.ask("routing", "list_tasks", mine="offered,in_progress", limit=200)["items"]
    assert (accepted["state"], accepted["accepted_by"], accepted["fence"]) == ("accepted", "alice", 1)
    assert (after["assignee"], after["assigned_by"], after["status"]) == ("alice", "offer", "in_progress")
    assert accepted in mine
    assert desk.queue() == []


def test_the_ticket_of_an_accepted_task_stays_with_it_when_the_news_of_it_comes(desk: Desk):
    ticket, waiting = waiting_task(desk)
    desk.accept(waiting["id"])

    desk.house.ask("tickets", "hold_ticket", id=ticket["id"])

    held = eventually(lambda: desk.house.log("tickets", ticket["id"], "ticket.held"), WITHIN)[0]["_id"]
    done = {"_id": f"routing.tend_task|{held}", "state": "done"}
    eventually(lambda: desk.house.database("routing")["inbox"].find_one(done), WITHIN)
    assert desk.task_events(waiting["id"]) == ["task.queued", "task.accepted"]
    assert state_of(desk, waiting["id"]) == "accepted"


@pytest.mark.requirement("R08")
def test_of_ten_who_accept_at_once_one_has_the_ticket_and_the_others_are_told_who(desk: Desk):
    ticket, waiting = waiting_task(desk)
    actors = [ALICE, BOB] * 5

    def accept(actor):
        try:
            return "accepted", desk.accept(waiting["id"], by=actor)["accepted_by"]
        except Conflict as refused:
            return refused.code, refused.facts["by"]

    with ThreadPoolExecutor(len(actors)) as pool:
        answers = set(pool.map(accept, actors))

    holder = desk.ticket(ticket["id"])["assignee"]
    assert answers == {("accepted", holder), ("already_taken", holder)}
    assert desk.task_events(waiting["id"]) == ["task.queued", "task.accepted"]


@pytest.mark.requirement("R08")
@pytest.mark.requirement("R17")
def test_a_ticket_that_somebody_kept_can_not_be_accepted(desk: Desk):
    ticket, waiting = waiting_task(desk)
    desk.house.ask("tickets", "keep_ticket", by=BOB, id=ticket["id"])

    with pytest.raises(Conflict) as refused:
        desk.accept(waiting["id"])

    assert refused.value.code in ("already_taken", "offer_expired")
    ends_as(desk, waiting["id"], "withdrawn")
    assert desk.ticket(ticket["id"])["assignee"] == "bob"


def test_accepting_again_answers_the_same(desk: Desk):
    _, waiting = waiting_task(desk)

    first = desk.accept(waiting["id"])
    second = desk.accept(waiting["id"])

    assert second == first


def test_work_of_a_group_is_for_its_members(desk: Desk):
    _, waiting = waiting_task(desk)

    for actor in (EVE, SERVICE):
        with pytest.raises(Forbidden):
            desk.accept(waiting["id"], by=actor)

    assert state_of(desk, waiting["id"]) == "queued"


@pytest.mark.requirement("R21")
def test_a_ticket_that_goes_to_another_group_waits_there(desk: Desk):
    ticket, waiting = waiting_task(desk, priority="low")
    other = desk.add_group(f"{desk.id}-o")["id"]

    desk.house.ask("tickets", "transfer_ticket", by=LEAD, id=ticket["id"], group=other)

    moved = desk.waiting(ticket["id"], other)
    assert (moved["priority"], desk.queue()) == ("low", [])
    assert state_of(desk, waiting["id"]) == "withdrawn"


@pytest.mark.requirement("R22")
def test_a_ticket_that_its_agent_gives_back_to_the_group_waits_again(desk: Desk):
    ticket, waiting = waiting_task(desk)
    desk.accept(waiting["id"])

    desk.house.ask("tickets", "transfer_ticket", id=ticket["id"], group=desk.group)

    assert desk.waiting(ticket["id"])["id"] != waiting["id"]
    assert state_of(desk, waiting["id"]) == "withdrawn"


def test_a_task_ends_with_its_ticket(desk: Desk):
    ticket, waiting = waiting_task(desk)
    desk.accept(waiting["id"])

    desk.house.ask("tickets", "solve_ticket", id=ticket["id"])

    ends_as(desk, waiting["id"], "completed")


def test_an_agent_completes_their_task_once(desk: Desk):
    ticket, waiting = waiting_task(desk)
    desk.accept(waiting["id"])
    with pytest.raises(Forbidden):
        desk.house.ask("routing", "complete_task", by=BOB, id=waiting["id"])

    completed = desk.house.ask("routing", "complete_task", id=waiting["id"])

    assert (completed["state"], desk.ticket(ticket["id"])["assignee"]) == ("completed", "alice")
    with pytest.raises(Conflict):
        desk.house.ask("routing", "complete_task", id=waiting["id"])


@pytest.mark.requirement("R07")
@pytest.mark.parametrize("kept", [False, True])
def test_what_a_crash_left_half_accepted_is_finished_by_a_timer(desk: Desk, kept: bool):
    """The process died after it had reserved the task for alice, before or after bob kept the ticket."""
    ticket, waiting = waiting_task(desk)
    if kept:
        desk.house.ask("tickets", "keep_ticket", by=BOB, id=ticket["id"])
    store = RoutingStore(desk.house.database("routing"))

    reserve_as_if_it_crashed(store, waiting["id"])

    ends_as(desk, waiting["id"], "withdrawn" if kept else "accepted")
    assert desk.ticket(ticket["id"])["assignee"] == ("bob" if kept else "alice")
    assert store.rows("timers").get(f"accepting|{waiting['id']}") is None


def reserve_as_if_it_crashed(store: RoutingStore, id: str) -> None:
    """Reserve the task for alice so long ago that somebody must look after it; whoever ended it meanwhile wins."""

    def reserve():
        task = store.tasks.get(id)
        if task.state is State.QUEUED:
            at = now() - ACCEPTING_TIME - timedelta(seconds=1)
            store.reserve(task, task.begin_accepting("alice", ("alice",), at=at))

    call = Call.begin(seconds=10)
    with context.using(call):
        run_unit(store.database, call, reserve)


def test_who_names_no_group_sees_what_waits_in_all_of_theirs(desk: Desk):
    other = desk.add_group(f"{desk.id}-o", members=("bob",))["id"]
    first, _ = waiting_task(desk)
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
