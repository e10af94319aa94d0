"""The usual values of presence's domain; a test names only what matters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.presence.domain.agent import Agent
from services.presence.domain.leases import Pulse, Session
from services.presence.domain.viewers import Activity, Viewer

NOW = datetime(2026, 11, 22, 1, 2, 5, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def seconds(number: float) -> datetime:
    """So many seconds after NOW."""
    return NOW + timedelta(seconds=number)


def beating(*, since: float = -1000, last: float = 0) -> Pulse:
    """A store that has been writable for long."""
    return Pulse(since=seconds(since), last=seconds(last))


def an_agent(**fields: Any) -> Agent:
    return Agent.entered("alice", at=NOW, **({"name": "Alice"} | fields))


def a_session(id: str = "s1", *, at: float = 0) -> Session:
    return Session.open(id, "alice", at=seconds(at))


def a_viewer(
    agent: str = "alice", session: str = "s1", activity: Activity = Activity.VIEWING, *, at: float = 0
) -> Viewer:
    return Viewer.enter("T1", agent, session, activity, at=seconds(at))
