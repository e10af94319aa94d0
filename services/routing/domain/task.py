"""A task: work that waits for an agent of a group, or that an agent has accepted."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from services.routing.domain.ticket import TicketSeen
from services.routing.errors import AlreadyTaken, IllegalMove, NotAMember, NotTheirTask, TaskWithdrawn

ACCEPTING_TIME = timedelta(seconds=10)
USUAL_PRIORITY = "normal"


class State(StrEnum):
    """Where a task stands."""

    QUEUED = "queued"
    ACCEPTING = "accepting"  # tickets is being asked whether the ticket is still nobody's
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.ACCEPTING, State.WITHDRAWN}),
    State.ACCEPTING: frozenset({State.QUEUED, State.ACCEPTED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.COMPLETED, State.WITHDRAWN}),
    State.COMPLETED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
LIVE = frozenset(state for state, after in TRANSITIONS.items() if after)
HELD = frozenset({State.ACCEPTING, State.ACCEPTED})


@dataclass(frozen=True, kw_only=True)
class Task:
    """Work on one ticket. `fence` rises with every attempt to accept it; `live` until it has ended.

    A task never changes; each move returns the task as it is afterwards.
    """

    id: str
    ticket: str
    number: int
    desk: str
    group: str
    channel: str
    priority: str
    customer: str | None = None
    activity: str | None = None
    state: State = State.QUEUED
    live: bool = True
    fence: int = 0
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    queued_at: datetime
    ended_at: datetime | None = None
    sequence: int = 0
    version: int = 1

    @classmethod
    def queue(cls, ticket: TicketSeen, group: str, *, id: str, at: datetime) -> Self:
        """A new task that waits in a group."""
        return cls(
            id=id,
            ticket=ticket.id,
            number=ticket.number,
            desk=ticket.desk,
            group=group,
            channel=ticket.channel,
            priority=ticket.priority or USUAL_PRIORITY,
            customer=ticket.customer,
            queued_at=at,
        )

    @property
    def shown_state(self) -> str:
        """The state as the contract knows it: until tickets agrees, the task waits."""
        return State.QUEUED if self.state is State.ACCEPTING else self.state

    def begin_accepting(self, agent: str, members: tuple[str, ...], *, at: datetime) -> Self:
        """An agent of the group reaches for it; itself, when the agent has it already.

        Raises NotAMember, AlreadyTaken, TaskWithdrawn, IllegalMove.
        """
        if agent not in members:
            raise NotAMember(agent, self.group)
        if self.state in HELD and self.accepted_by == agent:
            return self
        if self.state in HELD:
            raise AlreadyTaken(self.id, self.accepted_by)
        if self.state is State.WITHDRAWN:
            raise TaskWithdrawn(self.id)
        return self._move(State.ACCEPTING, fence=self.fence + 1, accepted_by=agent, accepted_at=at)

    def confirm(self, fence: int) -> Self:
        """Tickets agreed: the ticket is the agent's. Itself, where that is settled already."""
        return self._move(State.ACCEPTED) if self.awaits(fence) else self

    def give_back(self, fence: int) -> Self:
        """Tickets refused: it waits again where it stood. Itself, where that is settled already."""
        return self._move(State.QUEUED, accepted_by=None, accepted_at=None) if self.awaits(fence) else self

    def of(self, agent: str, *, owner: str | None) -> Self:
        """The task, when it is the agent's now; `owner` is who has its ticket, as far as tickets said.

        Raises AlreadyTaken, TaskWithdrawn.
        """
        if self.state in HELD and self.accepted_by == agent:
            return self
        if owner is not None or self.state in HELD:
            raise AlreadyTaken(self.id, owner or self.accepted_by)
        raise TaskWithdrawn(self.id)

    def awaits(self, fence: int) -> bool:
        """Whether the attempt with this fence is still open."""
        return self.state is State.ACCEPTING and self.fence == fence

    def complete(self, agent: str, *, at: datetime, anybody: bool = False) -> Self:
        """Its agent is done with it. Raises NotTheirTask, IllegalMove."""
        if agent != self.accepted_by and not anybody:
            raise NotTheirTask(self.id)
        return self.end(State.COMPLETED, at=at)

    def end(self, state: State, *, at: datetime) -> Self:
        """It is completed or withdrawn. Raises IllegalMove."""
        holder = self.accepted_by if self.state is State.ACCEPTED else None
        return self._move(state, live=False, ended_at=at, accepted_by=holder)

    def _move(self, after: State, **changes: Any) -> Self:
        if after not in TRANSITIONS[self.state]:
            raise IllegalMove(self.id, self.state, after)
        return replace(self, state=after, version=self.version + 1, **changes)
