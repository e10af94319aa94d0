"""What becomes of one event: done now, done before, or kept for later. Knows no broker."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from logging import getLogger
from time import monotonic
from typing import Any

from .event import Event
from .inbox import AlreadyDone, Inbox, KeepingInbox

RETRIES = tuple(timedelta(seconds=seconds) for seconds in (1, 10, 60, 600))
GAP_LOOK = timedelta(seconds=1)
GAP_SECONDS = 10.0

Done = Callable[[Any], None]
Handler = Callable[[Event, Done], None]
Missing = Callable[[Event, int], Iterable[Event]]

_log = getLogger(__name__)


class Order(StrEnum):
    """What order means to a handler."""

    EACH = "each"
    STRICT = "strict"


class Handling:
    """One handler with its inbox."""

    def __init__(
        self, inbox: Inbox, handler: Handler, order: Order, missing: Missing | None, gap_seconds: float = GAP_SECONDS
    ) -> None:
        self._inbox = inbox
        self._handler = handler
        self._keeping = inbox if isinstance(inbox, KeepingInbox) else None
        self._strict = self._keeping if order is Order.STRICT else None
        if order is Order.STRICT and self._strict is None:
            raise TypeError("A strict consumer needs an inbox that brings back what it kept.")
        self._missing = missing
        self._gap_seconds = gap_seconds
        self._gap_since: dict[str, float] = {}
        self._failures: Counter[str] = Counter()

    def take(self, event: Event) -> None:
        """Handle the event, unless it had its effect or is not next. Raises what the inbox raises."""
        if not self._inbox.seen(event.id) and self._is_next(event):
            self._handle(event)

    def bring_back(self) -> None:
        """Handle what was kept and is due. Raises what the inbox raises."""
        if self._keeping is not None:
            for event in self._keeping.due(_now()):
                self.take(event)

    def _handle(self, event: Event) -> None:
        noted: list[bool] = []

        def done(transaction: Any) -> None:
            self._inbox.done(event, transaction)
            noted.append(True)

        try:
            self._handler(event, done)
            if not noted:
                raise RuntimeError("The handler returned without a call of done.")
        except AlreadyDone:
            _log.info("Another process handled %s meanwhile.", event.id)
        except Exception as error:  # noqa: BLE001  # whatever it was, the event is kept and tried again
            self._retry_later(event, error)
        else:
            self._failures.pop(event.id, None)

    def _retry_later(self, event: Event, error: Exception) -> None:
        failures = self._failures[event.id]
        due_at = _now() + RETRIES[failures] if failures < len(RETRIES) else None
        self._inbox.later(event, f"{type(error).__name__}: {error}", due_at)
        self._failures[event.id] += 1
        _log.warning("The handler failed with %s (%s), due again %s: %s", event.id, event.type, due_at, error)

    def _is_next(self, event: Event) -> bool:
        if self._strict is None:
            return True
        reached = self._strict.reached(event.subject)
        if event.sequence > reached + 1:
            reached = self._fill_gap(event, reached, self._strict)
        if event.sequence > reached + 1:
            self._inbox.later(event, f"It waits for sequence {reached + 1}.", _now() + GAP_LOOK)
            return False
        self._gap_since.pop(event.subject, None)
        return event.sequence == reached + 1

    def _fill_gap(self, event: Event, reached: int, inbox: KeepingInbox) -> int:
        since = self._gap_since.setdefault(event.subject, monotonic())
        if self._missing is None or monotonic() - since < self._gap_seconds:
            return reached
        self._gap_since[event.subject] = monotonic()
        for earlier in self._missing(event, reached):
            if reached < earlier.sequence < event.sequence:
                self.take(earlier)
        return inbox.reached(event.subject)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the kit stands alone, without the suite's clock
