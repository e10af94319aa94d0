"""The attempt to hand one mail over to one recipient's server, and its honest end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from services.mail.errors import NotUnknown

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=4)
GIVES_UP_AFTER = timedelta(days=5)


class DeliveryState(StrEnum):
    """Where a delivery stands. From `handing_over` on, nobody sends again blindly."""

    QUEUED = "queued"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"


class Outcome(StrEnum):
    """What a person found out about a delivery of which nobody knew the end."""

    SENT = "sent"
    FAILED = "failed"
    SEND_AGAIN = "send_again"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One mail to one recipient. `fence` is the number of the claim under which it was written last."""

    id: str
    message: str
    recipient: str
    created_at: datetime
    next_at: datetime
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    last_error: str | None = None
    note: str | None = None
    fence: int = 0
    owner: str | None = None
    until: datetime | None = None

    def hand_over(self) -> Self:
        """The server said 354: from here on it may have the mail."""
        return replace(self, state=DeliveryState.HANDING_OVER, attempts=self.attempts + 1)

    def accepted(self) -> Self:
        """The server said 250 to the content."""
        return self._ended(DeliveryState.SENT, None)

    def refused(self, reason: str) -> Self:
        """The server will never take it."""
        return self._ended(DeliveryState.FAILED, reason)

    def unclear(self, reason: str) -> Self:
        """The server may or may not have it."""
        return self._ended(DeliveryState.UNKNOWN, reason)

    def put_off(self, reason: str, *, at: datetime) -> Self:
        """Not now; later, with growing pauses, and no more after five days."""
        if at - self.created_at >= GIVES_UP_AFTER:
            return self.refused(f"Given up after {GIVES_UP_AFTER.days} days: {reason}")
        attempts = self.attempts if self.state is DeliveryState.HANDING_OVER else self.attempts + 1
        pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
        later = replace(self, state=DeliveryState.DEFERRED, attempts=attempts, next_at=at + pause)
        return later._released(reason)

    def resolve(self, outcome: Outcome, note: str, *, at: datetime) -> Self:
        """A person says how it ended."""
        if self.state is not DeliveryState.UNKNOWN:
            raise NotUnknown(self.state)
        if outcome is Outcome.SEND_AGAIN:
            return replace(self, state=DeliveryState.QUEUED, next_at=at, note=note)
        return replace(self, state=DeliveryState(outcome.value), note=note)

    def _ended(self, state: DeliveryState, error: str | None) -> Self:
        return replace(self, state=state)._released(error)

    def _released(self, error: str | None) -> Self:
        return replace(self, last_error=error, owner=None, until=None)
