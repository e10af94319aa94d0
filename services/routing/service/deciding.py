"""Deciding: what the triggers read is asked for first, then the decision is one transaction."""

from dataclasses import dataclass
from typing import Any

from services.chassis.ids import new_id
from services.routing.domain.decision import Decision
from services.routing.domain.question import Question
from services.routing.service.neighbours import Neighbours
from services.routing.store import RoutingStore


@dataclass(frozen=True)
class Deciding:
    """Answers the question that an event raises; the others are asked only for what the event does not tell."""

    store: RoutingStore
    clock: Any
    neighbours: Neighbours

    def decide(self, question: Question) -> None:
        """Evaluate the triggers of the question, if there are any, and record the decision. Raises Unavailable."""
        triggers = self.store.peek.trigger_set(question.occasion, question.ticket.desk)
        if not triggers.triggers:
            return
        found = self.neighbours.values(question, question.unknown(triggers.triggers))
        self.store.check_unchanged(triggers)
        self.store.record(Decision.on(question, triggers, found, id=new_id(), at=self.clock.now()))
