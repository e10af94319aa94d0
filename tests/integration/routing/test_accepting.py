"""Accepting: one agent gets the task, and the ticket with it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from services.chassis import context
from services.chassis.clock import now
from services.chassis.context import Call
from services.chassis.errors import Conflict, Forbidden
from services.chassis.store import run_unit
from services.routing.domain.task import ACCEPTING_TIME, State
from services.routing.store import RoutingStore
from tests.integration.routing.desk import EVE, WITHIN, Desk
from tests.integration.tickets.house import ALICE, BOB, SERVICE
from tests.waiting import eventually


@pytest.mark.requirement("R03")
def test_accepting_makes_the_ticket_the_agents_and_shows_it_among_their_tasks(desk: Desk):
    ticket, waiting = desk.waiting_task()

    accepted = desk.accept(waiting["id"])

    after = desk.ticket(ticket["id"])
    mine = desk.house.ask("routing", "list_tasks", mine="offered,in_progress", limit=200)["items"]
    assert (accepted["state"], accepted["accepted_by"], accepted["fence"]) == ("accepted", "alice", 1)
    assert (after["assignee"], after["assigned_by"], after["status"]) == ("alice", "offer", "in_progress")
    assert accepted in mine
    assert desk.queue() == []


def test_the_ticket_of_an_accepted_task_stays_with_it_when_the_news_of_it_comes(desk: Desk):
    ticket, waiting = desk.waiting_task()
    desk.accept(waiting["id"])

    desk.house.ask("tickets", "hold_ticket", id=ticket["id"])

    held = eventually(lambda: desk.house.log("tickets", ticket["id"], "ticket.held"), WITHIN)[0]["_id"]
    done = {"_id": f"routing.tend_task|{held}", "state": "done"}
    eventually(lambda: desk.house.database("routing")["inbox"].find_one(done), WITHIN)
    assert desk.task_events(waiting["id"]) == ["task.queued", "task.accepted"]
    assert desk.state_of(waiting["id"]) == "accepted"


@pytest.mark.requirement("R08")
def test_of_ten_who_accept_at_once_one_has_the_ticket_and_the_others_are_told_who(desk: Desk):
    ticket, waiting = desk.waiting_task()
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
    ticket, waiting = desk.waiting_task()
    desk.house.ask("tickets", "keep_ticket", by=BOB, id=ticket["id"])

    with pytest.raises(Conflict) as refused:
        desk.accept(waiting["id"])

    assert refused.value.code in ("already_taken", "offer_expired")
    desk.ends_as(waiting["id"], "withdrawn")
    assert desk.ticket(ticket["id"])["assignee"] == "bob"


def test_accepting_again_answers_the_same(desk: Desk):
    _, waiting = desk.waiting_task()

    first = desk.accept(waiting["id"])
    second = desk.accept(waiting["id"])

    assert second == first


def test_work_of_a_group_is_for_its_members(desk: Desk):
    _, waiting = desk.waiting_task()

    for actor in (EVE, SERVICE):
        with pytest.raises(Forbidden):
            desk.accept(waiting["id"], by=actor)

    assert desk.state_of(waiting["id"]) == "queued"


@pytest.mark.requirement("R07")
@pytest.mark.parametrize("kept", [False, True])
def test_what_a_crash_left_half_accepted_is_finished_by_a_timer(desk: Desk, kept: bool):
    """The process died after it had reserved the task for alice, before or after bob kept the ticket."""
    ticket, waiting = desk.waiting_task()
    if kept:
        desk.house.ask("tickets", "keep_ticket", by=BOB, id=ticket["id"])
    store = RoutingStore(desk.house.database("routing"))

    reserve_as_if_it_crashed(store, waiting["id"])

    desk.ends_as(waiting["id"], "withdrawn" if kept else "accepted")
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
