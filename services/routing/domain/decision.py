"""A decision: the stored record of one evaluation, which says why a ticket was routed as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from services.routing.domain.evaluation import Verdict, evaluate, too_deep
from services.routing.domain.question import Question
from services.routing.domain.trigger import TriggerSet

CASCADE_TOO_DEEP = "cascade_too_deep"


class Fate(StrEnum):
    """What tickets made of a decision."""

    NOTHING_TO_DO = "nothing_to_do"
    PENDING = "pending"
    APPLIED = "applied"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Saw:
    """Whose the ticket was, and where it stood, when it was decided upon."""

    group: str | None
    assignee: str | None
    status: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One evaluation of the triggers of an event. It never changes; tickets says what came of it."""

    id: str
    ticket: str
    desk: str
    occasion: str
    event: str
    message: str | None = None
    changed: tuple[str, ...] = ()
    at: datetime
    trigger_set: int
    saw: Saw
    matched: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    actions: list[dict[str, Any]]
    stopped_by: str | None = None
    refused: str | None = None
    retries: str | None = None
    fate: str
    sequence: int = 0
    version: int = 1

    @classmethod
    def on(
        cls,
        question: Question,
        trigger_set: TriggerSet,
        found: Mapping[str, Any],
        *,
        id: str,
        at: datetime,
    ) -> Self:
        """The decision on a question; deep in a cascade it is a refusal to evaluate any further."""
        deep = too_deep(question.cascade)
        outcome = evaluate(question.snapshot(found), () if deep else trigger_set.triggers, at=at)
        ticket = question.ticket
        return cls(
            id=id,
            ticket=ticket.id,
            desk=ticket.desk,
            occasion=question.occasion,
            event=question.event,
            message=question.message,
            changed=tuple(sorted(question.changed)),
            at=at,
            trigger_set=trigger_set.number,
            saw=Saw(group=ticket.group, assignee=ticket.assignee, status=ticket.status),
            matched=outcome.matched,
            verdicts=outcome.verdicts,
            actions=[each.plain() for each in outcome.actions],
            stopped_by=outcome.stopped_by,
            refused=CASCADE_TOO_DEEP if deep else None,
            retries=question.retries,
            fate=Fate.PENDING if outcome.actions else Fate.NOTHING_TO_DO,
        )

    @property
    def worth_telling(self) -> bool:
        """Whether others must hear of it: it moves something, or refuses to."""
        return bool(self.actions) or self.refused is not None

    def came_too_late(self, outcome: str) -> bool:
        """Whether the ticket had moved on, so that the question must be raised again; it is, once."""
        return outcome == Fate.REFUSED and self.retries is None

    def raised_again(self, ticket: Mapping[str, Any], *, event: str, cascade: int) -> Question:
        """The same question about the ticket as it is now, since this decision came too late."""
        asked = Question.of({**ticket, "ticket": self.ticket}, occasion=self.occasion, event=event, cascade=cascade)
        return replace(asked, message=self.message, changed=frozenset(self.changed), retries=self.id)
