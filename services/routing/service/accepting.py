"""Accepting: the task is reserved here, tickets says whose the ticket is, then the task is settled here."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.chassis import context
from services.chassis.context import Actor, using
from services.chassis.errors import Fault, Unavailable
from services.chassis.store import run_unit
from services.routing.domain.task import Task
from services.routing.store import RoutingStore

ROUTING = Actor(kind="service", id="routing", roles=("service",))


@dataclass(frozen=True)
class Accepting:
    """An agent's reach for a task. A crash on the way leaves it reserved, with a timer that comes back to it."""

    store: RoutingStore
    tickets: Any

    def accept(self, id: str, if_version: int | None, agent: str, at: datetime) -> Task:
        """The task, which is the agent's. Raises NotAMember, AlreadyTaken, TaskWithdrawn, Unavailable."""
        reserved = self._in_one_transaction(lambda: self._reserve(id, if_version, agent, at))
        refusal = self.ask(reserved)
        settled = self._in_one_transaction(lambda: self.settle(id, reserved.fence, refusal))
        return settled.of(agent, owner=refusal.facts.get("by") if refusal else None)

    def ask(self, task: Task) -> Fault | None:
        """Why the ticket is not the agent's; None when it is. Raises Unavailable: then nobody knows.

        The task and its fence are the key, so that asking again is harmless.
        """
        with using(replace(context.current(), actor=ROUTING)):
            try:
                self.tickets.accept_ticket(
                    id=task.ticket, group=task.group, agent=task.accepted_by, idempotency_key=f"{task.id}|{task.fence}"
                )
            except Unavailable:
                raise
            except Fault as refusal:
                return refusal
        return None

    def settle(self, id: str, fence: int, refusal: Fault | None) -> Task:
        """Confirm the attempt with this fence, or give the task back; what is settled already stays."""
        task = self.store.tasks.get(id)
        if not task.awaits(fence):
            return task
        if refusal is None:
            return self.store.move(task, task.confirm(fence))
        return self.store.reserve(task, task.give_back(fence))

    def _reserve(self, id: str, if_version: int | None, agent: str, at: datetime) -> Task:
        task = self.store.tasks.get(id, if_version)
        members = self.store.members_of(task.group)
        reserved = task.begin_accepting(agent, members, at=at)
        return task if reserved == task else self.store.reserve(task, reserved)

    def _in_one_transaction(self, work: Any) -> Task:
        accepted: Task = run_unit(self.store.database, context.current(), work)
        return accepted
