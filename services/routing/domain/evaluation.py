"""Evaluation: a pure function of a snapshot, the triggers and an instant; the same on any replica."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.routing.domain.actions import Action, combined
from services.routing.domain.explanation import Failure, failures
from services.routing.domain.snapshot import Snapshot
from services.routing.domain.trigger import Trigger

DEEPEST_CASCADE = 5


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of one trigger in a pass: it matched, or these comparisons failed."""

    trigger: str
    name: str
    matched: bool
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One pass over the triggers of an event; those after `stopped_by` were not looked at."""

    at: datetime
    verdicts: tuple[Verdict, ...]
    actions: tuple[Action, ...]
    stopped_by: str | None = None

    @property
    def matched(self) -> tuple[str, ...]:
        """The triggers that matched, in their order."""
        return tuple(each.trigger for each in self.verdicts if each.matched)


def evaluate(snapshot: Snapshot, triggers: Iterable[Trigger], *, at: datetime) -> Outcome:
    """All triggers see the one snapshot, in the order of their positions; `stop` ends the pass."""
    verdicts: list[Verdict] = []
    actions: list[Action] = []
    for trigger in sorted(triggers, key=lambda each: (each.position, each.id)):
        verdict = _verdict(trigger, snapshot)
        verdicts.append(verdict)
        if verdict.matched:
            actions.extend(trigger.actions)
            if trigger.stop:
                return Outcome(at=at, verdicts=(*verdicts,), actions=combined(actions), stopped_by=trigger.id)
    return Outcome(at=at, verdicts=(*verdicts,), actions=combined(actions))


def too_deep(cascade: int) -> bool:
    """Whether an event with so many decisions behind it may lead to no further one."""
    return cascade >= DEEPEST_CASCADE


def _verdict(trigger: Trigger, snapshot: Snapshot) -> Verdict:
    matched = trigger.condition.holds(snapshot)
    failed = () if matched else failures(trigger.condition, snapshot)
    return Verdict(trigger=trigger.id, name=trigger.name, matched=matched, failed=failed)
