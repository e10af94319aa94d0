"""A ticket as routing sees it: what an event of tickets, or tickets itself, says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

OPEN = frozenset({"new", "in_progress", "on_hold", "escalating", "escalation_answered"})


@dataclass(frozen=True, kw_only=True)
class TicketSeen:
    """What is known of a ticket at one moment; events that leave the priority alone do not tell it."""

    id: str
    number: int
    desk: str
    group: str | None
    assignee: str | None
    status: str
    channel: str
    customer: str | None
    priority: str | None

    @classmethod
    def of(cls, id: str, values: Mapping[str, Any]) -> Self:
        """The ticket that `values.ticket_values` tells of."""
        return cls(
            id=id,
            number=values["number"],
            desk=values["desk"],
            group=values.get("group"),
            assignee=values.get("assignee"),
            status=values["status"],
            channel=values["channel"],
            customer=values.get("customer"),
            priority=values.get("priority"),
        )

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in OPEN

    @property
    def waiting_in(self) -> str | None:
        """The group in which it waits for somebody, if it waits for anybody."""
        return self.group if self.open and self.assignee is None else None
