"""Which task a ticket must have: one in its group for as long as it is open and nobody's."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.routing.domain.task import HELD, State, Task
from services.routing.domain.ticket import TicketSeen


@dataclass(frozen=True, kw_only=True)
class Tending:
    """What becomes of a ticket's work: the live task as it is now, and one that is new."""

    before: Task | None
    after: Task | None
    queued: Task | None

    @property
    def moved(self) -> Task | None:
        """The live task, if anything became of it."""
        return None if self.after == self.before else self.after


def tend(ticket: TicketSeen, task: Task | None, *, new_id: str, at: datetime) -> Tending:
    """The ticket's live task brought in line with the ticket, and a new one under `new_id` where it needs one."""
    if task is not None:
        ticket = replace(ticket, priority=ticket.priority or task.priority)
    after = None if task is None else _in_line(task, ticket, at)
    group = ticket.waiting_in
    needed = group is not None and (after is None or not after.live)
    queued = Task.queue(ticket, group, id=new_id, at=at) if group is not None and needed else None
    return Tending(before=task, after=after, queued=queued)


def unclear(ticket: TicketSeen, task: Task | None) -> bool:
    """Whether the event alone does not say what the ticket's work must be, so that tickets is to be asked.

    A task begins with a priority that few events tell; and a ticket that is not with the agent who has its task may
    have been seen before it came to that agent.
    """
    if task is None:
        return ticket.waiting_in is not None and ticket.priority is None
    return task.state in HELD and not _as_expected(ticket, task)


def _as_expected(ticket: TicketSeen, task: Task) -> bool:
    waits = task.state is State.ACCEPTING and ticket.waiting_in == task.group
    return waits or (ticket.open and ticket.assignee == task.accepted_by)


def _in_line(task: Task, ticket: TicketSeen, at: datetime) -> Task:
    if task.accepted_by is not None and ticket.assignee == task.accepted_by:
        return _with_its_agent(task, ticket, at)
    if task.state is State.ACCEPTED and not ticket.open:
        return task.end(State.COMPLETED, at=at)
    if task.state is State.ACCEPTED or ticket.waiting_in != task.group:
        return task.end(State.WITHDRAWN, at=at)
    if task.state is State.ACCEPTING:
        return task
    return replace(task, priority=ticket.priority or task.priority, customer=ticket.customer)


def _with_its_agent(task: Task, ticket: TicketSeen, at: datetime) -> Task:
    accepted = task.confirm(task.fence)
    return accepted if ticket.open else accepted.end(State.COMPLETED, at=at)
