"""What routing keeps, and how it asks for it."""

from datetime import timedelta

import pytest

from services.chassis import context
from services.chassis.context import Call
from services.chassis.errors import Unavailable
from services.chassis.store import Duplicate, run_unit
from services.routing.domain.decision import Decision, Fate
from services.routing.domain.task import ACCEPTING_TIME, State
from services.routing.domain.work import tend
from services.routing.errors import GroupInUse, IdTaken
from services.routing.events import GroupCreated, GroupDeleted, TaskQueued, TriggerCreated
from services.routing.store import RoutingStore
from tests.probes.plans import costly, recorded
from tests.unit.routing.factories import LATER, NOW, a_group, a_question, a_set, a_task, a_trigger, is_, seen


def within(store, work, seconds=10.0):
    """What the work gives back, done as one transaction."""
    call = Call.begin(seconds=seconds)
    with context.using(call):
        return run_unit(store.database, call, work)


def add(store, aggregate, event):
    return within(store, lambda: store.add_chosen(aggregate, event.of(aggregate)))


def queue(store, **fields):
    task = a_task(**({"id": "K1"} | fields))
    return within(store, lambda: store.add(task, TaskQueued.of(task)))


def logged(store):
    return [row["type"] for row in store.rows("events").find({}, sort=[("_id", 1)])]


def test_groups_triggers_and_decisions_come_back_as_they_were(store):
    group = add(store, a_group(offer_timeout=timedelta(seconds=20), capacity={"mail": 2}), GroupCreated)
    trigger = add(store, a_trigger(when={"all": [is_("customer_fields.age", 3.5)]}), TriggerCreated)
    decision = Decision.on(a_question(), a_set(a_trigger(when=is_("title", "x"))), {}, id="D1", at=NOW)
    within(store, lambda: store.record(decision))

    assert store.groups.get("billing") == group
    assert store.triggers.get("t1") == trigger
    assert store.decisions.get("D1") == decision


def test_a_ticket_can_not_have_two_live_tasks(store):
    queue(store, id="K1")

    with pytest.raises(Duplicate):
        queue(store, id="K2")


def test_a_ticket_gets_its_next_task_when_the_last_has_ended(store):
    task = queue(store, id="K1")

    within(store, lambda: store.apply(tend(seen(group="tech"), task, new_id="K2", at=LATER)))

    assert (store.tasks.get("K1").state, store.tasks.get("K2").group) == (State.WITHDRAWN, "tech")
    assert logged(store) == ["task.queued", "task.withdrawn", "task.queued"]


def test_reaching_for_a_task_is_not_told_before_it_is_settled(store):
    task = queue(store)

    reserved = within(store, lambda: store.reserve(task, task.begin_accepting("alice", ("alice",), at=NOW)))
    timer = store.rows("timers").get("accepting|K1")
    within(store, lambda: store.move(reserved, reserved.confirm(1)))

    assert (timer["due_at"], timer["args"]) == (NOW + ACCEPTING_TIME, {"fence": 1})
    assert logged(store) == ["task.queued", "task.accepted"]
    assert store.rows("timers").get("accepting|K1") is None


@pytest.mark.requirement("R08")
def test_of_two_who_reach_at_once_one_is_first(store):
    task = queue(store)
    within(store, lambda: store.reserve(task, task.begin_accepting("alice", ("alice",), at=NOW)))

    with pytest.raises(Unavailable):
        within(store, lambda: store.reserve(task, task.begin_accepting("bob", ("bob",), at=NOW)), seconds=0.5)

    assert store.tasks.get("K1").accepted_by == "alice"


def test_triggers_are_found_by_occasion_and_desk(store):
    for id, fields in {
        "everywhere": {},
        "here": {"desk": "support"},
        "there": {"desk": "sales"},
        "off": {"active": False},
        "later": {"on": ["ticket.updated"]},
    }.items():
        add(store, a_trigger(id=id, **fields), TriggerCreated)

    found = store.trigger_set("ticket.created", "support").triggers

    assert sorted(each.id for each in found) == ["everywhere", "here"]


def test_a_set_of_triggers_that_changed_meanwhile_is_noticed(store):
    before = store.trigger_set("ticket.created", "support")
    within(store, lambda: store.check_unchanged(before))
    within(store, store.renumber_triggers)

    with pytest.raises(Unavailable):
        within(store, lambda: store.check_unchanged(before), seconds=0.5)

    assert store.trigger_set("ticket.created", "support").number == before.number + 1


def test_a_decision_that_moves_nothing_is_kept_and_not_told(store):
    nothing = Decision.on(a_question(), a_set(a_trigger(when=is_("desk", "x"))), {}, id="D1", at=NOW)
    something = Decision.on(a_question(), a_set(a_trigger()), {}, id="D2", at=NOW)

    within(store, lambda: store.record(nothing))
    within(store, lambda: store.record(something))
    within(store, lambda: store.set_fate("D2", "applied"))

    assert (store.decisions.get("D1").fate, store.decisions.get("D2").fate) == (Fate.NOTHING_TO_DO, Fate.APPLIED)
    assert logged(store) == ["decision.made"]


def test_a_chosen_id_is_used_once_and_never_again(store):
    group = add(store, a_group(), GroupCreated)
    within(store, lambda: store.delete(group, GroupDeleted.of(group)))

    with pytest.raises(IdTaken):
        add(store, a_group(), GroupCreated)


def test_a_group_is_in_use_by_triggers_and_by_work(store):
    group = add(store, a_group(), GroupCreated)
    within(store, lambda: store.check_unused(group))
    add(store, a_trigger(id="to-billing"), TriggerCreated)
    queue(store)

    with pytest.raises(GroupInUse) as refused:
        within(store, lambda: store.check_unused(group))

    assert refused.value.facts == {"triggers": ["to-billing"]}


def test_a_task_is_shown_with_the_newest_contact(store):
    task = queue(store)
    within(store, lambda: store.note_contact("T1", "A1", "in"))
    within(store, lambda: store.note_contact("T1", "A2", "out"))

    shown = store.with_contact(task)
    [waiting] = store.waiting(["billing"], limit=5, cursor=None)["items"]

    assert (shown.activity, waiting.activity, store.tasks.get("K1").activity) == ("A1", "A1", None)


def test_the_oldest_task_is_the_first_of_a_queue(store):
    for number in range(3):
        queue(store, id=f"K{number}", ticket=f"T{number}", queued_at=NOW - timedelta(minutes=number))

    first = store.waiting(["billing", "tech"], limit=2, cursor=None)
    rest = store.waiting(["billing", "tech"], limit=2, cursor=first["next"])

    assert [each.id for each in first["items"] + rest["items"]] == ["K2", "K1", "K0"]


def ask_everything(database):
    """Every question that routing puts to its database, once."""
    store = RoutingStore(database)
    store.page(store.groups, {}, sort=[("_id", 1)], limit=10, cursor=None)
    store.page(store.triggers, {}, sort=[("position", 1)], limit=10, cursor=None)
    store.page(store.decisions, {"ticket": "T1"}, sort=[("at", -1)], limit=10, cursor=None)
    store.groups_of("alice")
    store.known_desks("support")
    store.known_groups(["billing"])
    store.members_of("billing")
    within(store, lambda: store.check_unused(a_group(id="unused")))
    within(store, lambda: store.check_unchanged(store.trigger_set("ticket.created", "support")))
    within(store, lambda: store.set_fate("D1", "applied"))
    within(store, lambda: store.note_contact("T1", "A1", "in"))
    within(store, lambda: store.note_desk("support", there=False))
    store.waiting(["billing", "tech"], limit=10, cursor=None)
    store.held("alice", ["in_progress", "offered"], limit=10, cursor=None)
    task = store.live_task("T1")
    reserved = within(store, lambda: store.reserve(task, task.begin_accepting("alice", ("alice",), at=NOW)))
    within(store, lambda: store.move(reserved, reserved.confirm(1)))


def test_no_question_reads_a_whole_collection_or_sorts_in_memory(store, database, mongodb_uri):
    queue(store)
    add(store, a_group(), GroupCreated)
    add(store, a_trigger(), TriggerCreated)

    asked = recorded(mongodb_uri, database.name, ask_everything)

    assert len(asked) > 15
    assert [command for command in asked if costly(database, command)] == []
