"""What routing keeps."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.chassis.events import Event
from services.chassis.store import Aggregates, Duplicate, Index, Repository, Table
from services.chassis.store.codec import to_document
from services.chassis.store.unit import LostRace
from services.routing.domain.decision import Decision
from services.routing.domain.group import Group
from services.routing.domain.task import ACCEPTING_TIME, State, Task
from services.routing.domain.trigger import Trigger, TriggerSet
from services.routing.domain.work import Tending
from services.routing.errors import GroupInUse, IdTaken
from services.routing.events import DecisionMade, TaskAccepted, TaskCompleted, TaskQueued, TaskWithdrawn

TRIGGERS = TriggerSet.id
ACCEPTING = "accepting"
INBOUND = "in"
TOLD_BY: dict[State, type[TaskQueued | TaskAccepted | TaskCompleted | TaskWithdrawn]] = {
    State.QUEUED: TaskQueued,
    State.ACCEPTED: TaskAccepted,
    State.COMPLETED: TaskCompleted,
    State.WITHDRAWN: TaskWithdrawn,
}
STATES: dict[str, tuple[State, ...]] = {"offered": (), "in_progress": (State.ACCEPTED,)}


class RoutingStore(Repository):
    """Groups, triggers, decisions and tasks; and what is known of desks and of tickets' newest contacts."""

    groups = Aggregates(Group, "groups", indexes=[Index("members.agent", "_id")])
    triggers = Aggregates(
        Trigger,
        "triggers",
        indexes=[Index("on", "active", "desk"), Index("position", "_id"), Index("then.group")],
    )
    decisions = Aggregates(Decision, "decisions", indexes=[Index("ticket", "-at", "-_id")])
    tasks = Aggregates(
        Task,
        "tasks",
        indexes=[
            Index("ticket", unique=True, partialFilterExpression={"live": True}, name="one_live_task"),
            Index("group", "state", "queued_at", "_id"),
            Index("accepted_by", "state", "accepted_at", "_id"),
            Index("group", "live"),
        ],
    )
    desks = Table("desks")
    contacts = Table("contacts")

    def add_chosen(self, aggregate: Any, event: Event) -> Any:
        """Store what has an id that somebody chose. Raises IdTaken."""
        try:
            return self.add(aggregate, event)
        except Duplicate:
            raise IdTaken(aggregate.id) from None

    def renumber_triggers(self) -> None:
        """The set of triggers is another now; and no group that it needs is deleted meanwhile."""
        self.touch(TRIGGERS)

    def note_desk(self, desk: str, *, there: bool) -> None:
        """Know whether a desk is there."""
        if there:
            self.desks.put(desk, {})
        else:
            self.desks.delete({"_id": desk})

    def known_desks(self, *ids: str | None) -> frozenset[str]:
        """Those of the desks that are there."""
        return frozenset(row["_id"] for row in self.desks.find({"_id": {"$in": ids}}))

    def known_groups(self, ids: Iterable[str]) -> dict[str, str]:
        """Those of the groups that are there, with their desks."""
        return {each.id: each.desk for each in self.groups.find({"_id": {"$in": [*ids]}})}

    def groups_of(self, agent: str) -> list[str]:
        """The groups to which an agent belongs."""
        return [each.id for each in self.groups.find({"members.agent": agent})]

    def members_of(self, group: str) -> tuple[str, ...]:
        """Who belongs to a group; nobody, when it is gone."""
        found = self.groups.find_one({"_id": group})
        return found.agents if found else ()

    def check_unused(self, group: Group) -> None:
        """Nothing depends on the group, and no trigger will by the time that this is committed. Raises GroupInUse."""
        self.renumber_triggers()
        triggers = self.triggers.find({"then.group": group.id})
        tasks = self.tasks.rows.count({"group": group.id, "live": True}, limit=1)
        if triggers or tasks:
            raise GroupInUse(group.id, triggers=[each.id for each in triggers], tasks=bool(tasks))

    def trigger_set(self, occasion: str, desk: str) -> TriggerSet:
        """The triggers that are to be evaluated."""
        row = self.rows("slots").get(TRIGGERS)
        found = self.triggers.find({"on": occasion, "active": True, "desk": {"$in": [None, desk]}})
        return TriggerSet(number=row["touched"] if row else 0, triggers=tuple(found))

    def check_unchanged(self, trigger_set: TriggerSet) -> None:
        """No trigger was changed since the set was read. Raises LostRace."""
        row = self.rows("slots").get(TRIGGERS)
        if (row["touched"] if row else 0) != trigger_set.number:
            raise LostRace(trigger_set)

    def record(self, decision: Decision) -> None:
        """Keep a decision; one that moves nothing is nobody else's business."""
        if decision.worth_telling:
            self.add(decision, DecisionMade.of(decision))
        else:
            self.decisions.rows.insert(to_document(decision))

    def set_fate(self, decision: str, fate: str) -> None:
        """Note what tickets made of a decision."""
        self.decisions.rows.update({"_id": decision}, {"$set": {"fate": fate}})

    def live_task(self, ticket: str) -> Task | None:
        """The task of a ticket that has not ended."""
        return self.tasks.find_one({"ticket": ticket, "live": True})

    def live_task_as(self, before: Task | None, ticket: str) -> Task | None:
        """The task of a ticket, as it was when others were asked about it. Raises LostRace."""
        task = self.live_task(ticket)
        if task != before:
            raise LostRace(task or before)
        return task

    def waiting(self, groups: list[str], *, limit: int, cursor: str | None) -> dict[str, Any]:
        """The waiting tasks of these groups, the oldest first."""
        filter = {"group": {"$in": groups}, "state": State.QUEUED}
        return self._tasks(filter, "queued_at", limit, cursor)

    def held(self, agent: str, words: list[str], *, limit: int, cursor: str | None) -> dict[str, Any]:
        """The tasks that an agent is working on or was offered, the oldest first."""
        states = [state for word in words for state in STATES[word]]
        filter = {"accepted_by": agent, "state": {"$in": states}}
        return self._tasks(filter, "accepted_at", limit, cursor)

    def note_contact(self, ticket: str, activity: str, direction: str) -> None:
        """Know the newest entry that came from the customer."""
        if direction == INBOUND:
            self.contacts.put(ticket, {"activity": activity})

    def with_contact(self, task: Task) -> Task:
        """The task with the newest contact of its ticket."""
        return self._with_contacts([task])[0]

    def apply(self, tending: Tending) -> None:
        """Store what became of a ticket's work."""
        if tending.moved is not None and tending.before is not None:
            self.move(tending.before, tending.moved)
        if tending.queued is not None:
            self.add(tending.queued, TaskQueued.of(tending.queued))

    def move(self, before: Task, after: Task) -> Task:
        """Store a task as it is now, and tell the others. Nobody needs a timer for what is settled."""
        if before.state is State.ACCEPTING:
            self.cancel_timer(ACCEPTING, before.id)
        return self.save(after, TOLD_BY[after.state].of(after, before))

    def reserve(self, before: Task, after: Task) -> Task:
        """Store a move that is nobody else's business until tickets has spoken; a timer sees to it that it is settled.

        Raises LostRace.
        """
        as_read = {"_id": before.id, "sequence": before.sequence, "state": before.state, "fence": before.fence}
        if not self.tasks.rows.replace(as_read, to_document(after)):
            raise LostRace(before)
        self.cancel_timer(ACCEPTING, before.id)
        if after.state is State.ACCEPTING and after.accepted_at is not None:
            self.set_timer(ACCEPTING, after.id, after.accepted_at + ACCEPTING_TIME, fence=after.fence)
        return after

    def _tasks(self, filter: dict[str, Any], order: str, limit: int, cursor: str | None) -> dict[str, Any]:
        page = self.page(self.tasks, filter, sort=[(order, 1)], limit=limit, cursor=cursor)
        return {**page, "items": self._with_contacts(page["items"])}

    def _with_contacts(self, tasks: list[Task]) -> list[Task]:
        rows = self.contacts.find({"_id": {"$in": [each.ticket for each in tasks]}})
        newest = {row["_id"]: row["activity"] for row in rows}
        return [replace(each, activity=newest.get(each.ticket)) for each in tasks]
