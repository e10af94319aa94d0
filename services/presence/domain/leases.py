"""Leases of presence: who does not renew is gone, but never because the store could not be written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

LEASE = timedelta(seconds=30)
BEAT = timedelta(seconds=5)
LATE_BEAT = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Since when the store has been writable without a break, shown by a beat every few seconds."""

    since: datetime
    last: datetime

    @classmethod
    def first(cls, at: datetime) -> Self:
        """Nothing is known of the time before."""
        return cls(since=at, last=at)

    def beat(self, at: datetime) -> Self:
        """One beat more; after a break, the count begins anew."""
        return replace(self, last=at, since=self.since if at - self.last <= LATE_BEAT else at)

    def steady(self, at: datetime) -> bool:
        """Whether the store has been writable for one whole lease, so that whoever lives has renewed."""
        return at - self.last <= LATE_BEAT and at - self.since >= LEASE


@dataclass(frozen=True, kw_only=True)
class Session:
    """One connection of an agent, alive until its lease runs out."""

    id: str
    agent: str
    opened_at: datetime
    until: datetime

    @classmethod
    def open(cls, id: str, agent: str, *, at: datetime) -> Self:
        """A new session with a whole lease."""
        return cls(id=id, agent=agent, opened_at=at, until=at + LEASE)

    def renewed(self, *, at: datetime) -> Self:
        """The session with a whole lease from now on."""
        return replace(self, until=at + LEASE)


@dataclass(frozen=True, kw_only=True)
class Review:
    """Which of an agent's sessions are over, and when to look again; never, when none is left."""

    over: tuple[Session, ...]
    look_again_at: datetime | None


def ran_out(until: datetime, pulse: Pulse, at: datetime) -> bool:
    """Whether a lease ended that could have been renewed."""
    return until <= at and pulse.steady(at)


def review(sessions: Iterable[Session], pulse: Pulse, at: datetime, *, ended: str | None = None) -> Review:
    """What is to be made of an agent's sessions now; `ended` is one that its agent ended."""
    over: list[Session] = []
    left: list[Session] = []
    for session in sessions:
        (over if session.id == ended or ran_out(session.until, pulse, at) else left).append(session)
    again = max((each.until for each in left), default=None)
    if again is not None and again <= at:
        again = max(pulse.since + LEASE, at + BEAT)
    return Review(over=tuple(over), look_again_at=again)
