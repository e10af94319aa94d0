"""Viewers: who looks at a ticket and what they do there, as a pure function of what is stored and now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from services.presence.domain.leases import LEASE, Pulse, Session, ran_out


class Activity(StrEnum):
    """What an agent does at a ticket; of several, the last of these counts."""

    VIEWING = "viewing"
    EDITING_COMMENT = "editing_comment"
    EDITING_REPLY = "editing_reply"


WEIGHT = {activity: weight for weight, activity in enumerate(Activity)}


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """One session of an agent at one ticket; `since` is when the activity began."""

    id: str
    ticket: str
    agent: str
    session: str
    activity: Activity
    since: datetime
    until: datetime
    left_at: datetime | None = None

    @classmethod
    def enter(cls, ticket: str, agent: str, session: str, activity: Activity, *, at: datetime) -> Self:
        """An agent comes to a ticket."""
        return cls(
            id=viewer_id(ticket, agent, session),
            ticket=ticket,
            agent=agent,
            session=session,
            activity=activity,
            since=at,
            until=at + LEASE,
        )

    def renewed(self, activity: Activity, pulse: Pulse, *, at: datetime) -> Self:
        """The viewer doing this from now on; who had gone, or did something else, begins anew."""
        goes_on = self.there(pulse, at) and activity is self.activity
        since = self.since if goes_on else at
        return replace(self, activity=activity, since=since, until=at + LEASE, left_at=None)

    def left(self, *, at: datetime) -> Self:
        """The viewer after leaving; one who had left before left then."""
        return self if self.left_at else replace(self, left_at=min(at, self.until))

    def there(self, pulse: Pulse, at: datetime) -> bool:
        """Whether the agent is still at the ticket."""
        return self.left_at is None and not ran_out(self.until, pulse, at)


@dataclass(frozen=True, kw_only=True)
class Active:
    """An agent who is at the ticket (R129, R131)."""

    agent: str
    name: str
    activity: Activity
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Inactive:
    """An agent who was there and went (R130, R132)."""

    agent: str
    name: str
    left_at: datetime


@dataclass(frozen=True, kw_only=True)
class Monitor:
    """Everybody who is or was at a ticket, once each."""

    active: tuple[Active, ...]
    inactive: tuple[Inactive, ...]


def viewer_id(ticket: str, agent: str, session: str) -> str:
    """The one id of an agent's session at a ticket."""
    return f"{ticket}|{agent}|{session}"


def entered(
    known: Viewer | None, ticket: str, session: Session, activity: Activity, pulse: Pulse, *, at: datetime
) -> Viewer:
    """The viewer that a session is at a ticket from now on; `known` is what it was there before."""
    if known is not None:
        return known.renewed(activity, pulse, at=at)
    return Viewer.enter(ticket, session.agent, session.id, activity, at=at)


def monitor(viewers: Iterable[Viewer], names: Mapping[str, str], pulse: Pulse, at: datetime) -> Monitor:
    """The monitor of one ticket: several sessions of an agent count as one agent."""
    of_agent: dict[str, list[Viewer]] = {}
    for viewer in viewers:
        of_agent.setdefault(viewer.agent, []).append(viewer)
    active, inactive = [], []
    for agent, theirs in sorted(of_agent.items()):
        there = [each for each in theirs if each.there(pulse, at)]
        if there:
            active.append(_active(there, names.get(agent, agent)))
        else:
            left_at = max(each.left_at or each.until for each in theirs)
            inactive.append(Inactive(agent=agent, name=names.get(agent, agent), left_at=left_at))
    return Monitor(active=(*active,), inactive=(*inactive,))


def editors(seen: Monitor, *, besides: str) -> tuple[Active, ...]:
    """Who edits a reply now, other than one agent."""
    return tuple(each for each in seen.active if each.activity is Activity.EDITING_REPLY and each.agent != besides)


def _active(there: list[Viewer], name: str) -> Active:
    """What weighs most of all that the agent does, since the agent began it."""
    weight = max(WEIGHT[each.activity] for each in there)
    doing = [each for each in there if WEIGHT[each.activity] == weight]
    first = min(doing, key=lambda each: each.since)
    return Active(agent=first.agent, name=name, activity=first.activity, since=first.since)
