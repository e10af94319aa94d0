"""The events of decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.routing.domain.decision import Decision

DECISION: dict[str, Any] = {
    "decision": "01JD9V2A2B3C4D5E6F7G8H9J0K",
    "ticket": "01JD9V1A2B3C4D5E6F7G8H9J0K",
    "desk": "support",
    "matched": ["invoices"],
    "saw": {"group": None, "assignee": None, "status": "new"},
    "actions": [{"action": "assign", "group": "billing", "assignee": None}],
    "refused": None,
    "retries": None,
    "changed": {},
    "cascade": 1,
    "personal": {},
}


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """The triggers of an event were evaluated, and something follows: actions as one change, or a refusal to go on.

    `saw` is what the decision rests on: tickets refuses it when owner or group are others by then.
    """

    type: ClassVar[str] = "decision.made"
    deepens: ClassVar[bool] = True
    example: ClassVar[Mapping[str, Any]] = DECISION

    decision: str
    ticket: str
    desk: str
    matched: Sequence[str]
    saw: Mapping[str, str | None]
    actions: Sequence[Mapping[str, Any]]
    refused: str | None = None
    retries: str | None = None

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """The event of a decision."""
        saw = {"group": decision.saw.group, "assignee": decision.saw.assignee, "status": decision.saw.status}
        return cls(
            subject=decision.id,
            decision=decision.id,
            ticket=decision.ticket,
            desk=decision.desk,
            matched=decision.matched,
            saw=saw,
            actions=decision.actions,
            refused=decision.refused,
            retries=decision.retries,
        )
