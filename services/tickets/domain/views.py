"""The views of the ticket list (R91-R100), each as what its tickets have in common."""

from dataclasses import dataclass
from enum import StrEnum

from services.tickets.domain.lifecycle import Status
from services.tickets.domain.words import Box


class View(StrEnum):
    """A named list."""

    ALL = "all"
    UNASSIGNED = "unassigned"
    MY_GROUPS = "my_groups"
    MY_IN_PROGRESS = "my_in_progress"
    MY_ON_HOLD = "my_on_hold"
    MY_SOLVED = "my_solved"
    MY_CLOSED = "my_closed"
    SPAM = "spam"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What the tickets of a view have in common."""

    box: Box = Box.MAIN
    mine: bool = False
    my_groups: bool = False
    statuses: tuple[Status, ...] = ()


VIEWS: dict[View, Scope] = {
    View.ALL: Scope(),
    View.UNASSIGNED: Scope(statuses=(Status.NEW,)),  # an open ticket without assignee is new (R22)
    View.MY_GROUPS: Scope(my_groups=True),
    View.MY_IN_PROGRESS: Scope(mine=True, statuses=(Status.IN_PROGRESS, Status.ESCALATING, Status.ESCALATION_ANSWERED)),
    View.MY_ON_HOLD: Scope(mine=True, statuses=(Status.ON_HOLD,)),
    View.MY_SOLVED: Scope(mine=True, statuses=(Status.SOLVED, Status.RESOLVED_INTERNALLY)),
    View.MY_CLOSED: Scope(mine=True, statuses=(Status.CLOSED,)),
    View.SPAM: Scope(box=Box.SPAM),
}
