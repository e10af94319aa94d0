"""Handling: one event, given to one handler, as one transaction with the inbox row that says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Protocol

from marshmallow import EXCLUDE, Schema

from services.chassis import crash, due
from services.chassis.attempts import Job, Outcome, pause_after
from services.chassis.claims import Claim, Claims
from services.chassis.clock import now
from services.chassis.mongo import Database
from services.chassis.store import Unit, run_unit
from services.chassis.subscriptions.decisions import Order, Turn, family, given_up_waiting, pause_of_early, turn
from services.chassis.subscriptions.envelope import Envelope
from services.chassis.subscriptions.inbox import Inbox, Overtaken, begin


class Reading(SimpleNamespace):
    """An event as a handler reads it: the fields of its schema as attributes, and the `event` itself."""

    event: Envelope


@dataclass(frozen=True, kw_only=True)
class Handler:
    """A method that hears events of one source, and what order means to it."""

    consumer: str
    source: str
    types: tuple[str, ...]
    families: tuple[str, ...] = ()
    reads: type[Schema] | None = None
    order: Order = Order.EACH

    def hears(self, event: Envelope) -> bool:
        """Whether the event is for this handler: a strict one must see all of a subject, also what it does not read."""
        if self.order is Order.STRICT:
            return family(event.type) in {*self.families, *map(family, self.types)}
        return event.type in self.types

    def read(self, event: Envelope) -> Reading:
        """The event as the method gets it. Raises ValidationError."""
        loaded: Mapping[str, Any] = self.reads(unknown=EXCLUDE).load(event.data) if self.reads else event.data
        return Reading(**{**loaded, "event": event})


class Predecessors(Protocol):
    """Where events that are missing can be got."""

    def of(self, event: Envelope, after: int) -> list[Envelope]:
        """The events of the subject after this sequence and before the event. Raises Unavailable."""


@dataclass
class Kept:
    """An event that waits in the inbox, claimed by this process."""

    claim: Claim
    claims: Claims
    predecessors: Predecessors


@dataclass
class Handling(Job):
    """An event on its way to a handler, from its message or, when it was `kept`, from the inbox."""

    handler: Handler
    event: Envelope
    inbox: Inbox
    schedule: tuple[float, ...]
    kept: Kept | None = None
    kind: str = field(init=False)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.kind = self.handler.consumer
        self.name = f"{self.handler.consumer} of event {self.event.id}"
        self.call = self.event.call()

    def carry_out(self, database: Database, method: Callable[..., Any]) -> Outcome:
        """Run the method when it is the event's turn; a type that it does not read counts as done."""
        done = self._done_so_far()
        if turn(self.handler.order, sequence=self.event.sequence, done=done) is Turn.WAIT:
            return self._wait(done)
        try:
            run_unit(database, self.call, lambda: self._work(method))
        except Overtaken:
            if self.kept is not None:
                self.inbox.finish(self.kept.claim)
            return Outcome.SKIPPED
        return Outcome.DONE

    def fail(self, error: str) -> Outcome:
        """Keep the event for its next attempt, or park it."""
        if self.kept is not None:
            pause = pause_after(self.kept.claim.attempts + 1, self.schedule)
            return Outcome(self.kept.claims.fail(self.kept.claim, pause, error))
        pause = pause_after(1, self.schedule)
        return Outcome(self.inbox.keep(self.handler.consumer, self.event, pause=pause, failures=1, error=error))

    def _done_so_far(self) -> int:
        """Only a strict handler must know before it begins; the others find out in their transaction."""
        if self.handler.order is not Order.STRICT:
            return 0
        return self.inbox.done_so_far(self.handler.consumer, self.event.subject)

    def _work(self, method: Callable[..., Any]) -> None:
        unit, handler = Unit.required(), self.handler
        claim = self.kept.claim if self.kept else None
        unit.when_open(lambda: begin(handler.consumer, self.event, handler.order, claim))
        if self.event.type in handler.types:
            method(handler.read(self.event))
            crash.point("after_handler")
        unit.session()

    def _wait(self, done: int) -> Outcome:
        if self.kept is None:
            self.inbox.keep(self.handler.consumer, self.event)
            return Outcome.WAITING
        waited = now() - self.kept.claim.row["at"]
        if given_up_waiting(waited) and not self._knows_next(done):
            for event in self.kept.predecessors.of(self.event, done):
                self.inbox.keep(self.handler.consumer, event, pause=0)
            due.changed()
        self.kept.claims.give_back(self.kept.claim, pause_of_early(waited))
        return Outcome.WAITING

    def _knows_next(self, done: int) -> bool:
        return self.inbox.knows(self.handler.consumer, self.event.subject, done + 1)
