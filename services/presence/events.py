"""The events that presence publishes (EVENTS.md); who looks at what only matters now, and is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.presence.domain.agent import Agent

EXAMPLE: dict[str, Any] = {
    "agent": "alice",
    "locale": "ja",
    "state": "ready",
    "since": "2026-11-22T01:02:05.630Z",
    "connected": True,
    "changed": {},
    "cascade": 0,
    "personal": {
        "name": "佐藤アリス",
        "email": "alice@example.jp",
        "avatar_url": None,
        "reason": None,
    },
}
OPEN = ("locale", "state", "since", "connected")
WRITTEN = ("name", "email", "avatar_url", "reason")


@dataclass(frozen=True, kw_only=True)
class OfAgent:
    """The agent as they are afterwards; what they wrote, and how to reach them, in `personal`."""

    agent: str
    locale: str | None
    state: str
    since: datetime
    connected: bool

    @classmethod
    def of(cls, after: Agent, before: Agent | None = None) -> Self:
        """The event of a change from `before` to `after`."""
        shown: dict[str, Any] = {name: getattr(after, name) for name in OPEN}
        personal = {name: getattr(after, name) for name in WRITTEN}
        rewritten = _differences(before, after, WRITTEN)
        known = {"subject": after.id, "agent": after.id, "changed": _differences(before, after, OPEN)}
        return cls(**(shown | known | {"personal": personal | ({"changed": rewritten} if rewritten else {})}))


def _differences(before: Agent | None, after: Agent, names: tuple[str, ...]) -> dict[str, list[Any]]:
    pairs = {name: [getattr(each, name) for each in (before, after)] for name in names if before is not None}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, kw_only=True)
class AgentCreated(OfAgent, Event):
    """Somebody works here: seen for the first time, or entered by an administrator."""

    type: ClassVar[str] = "agent.created"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"state": "not_ready", "connected": False}


@dataclass(frozen=True, kw_only=True)
class AgentUpdated(OfAgent, Event):
    """An entry of the directory changed."""

    type: ClassVar[str] = "agent.updated"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": {"locale": [None, "ja"]}}


@dataclass(frozen=True, kw_only=True)
class AgentStateChanged(OfAgent, Event):
    """The agent is ready for work, or not any more."""

    type: ClassVar[str] = "agent.state_changed"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": {"state": ["not_ready", "ready"]}}


@dataclass(frozen=True, kw_only=True)
class AgentConnected(OfAgent, Event):
    """The agent's first live session began."""

    type: ClassVar[str] = "agent.connected"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"changed": {"connected": [False, True]}}


@dataclass(frozen=True, kw_only=True)
class AgentDisconnected(OfAgent, Event):
    """The agent's last live session ended, or its lease ran out; what the agent chose to be stays."""

    type: ClassVar[str] = "agent.disconnected"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"connected": False, "changed": {"connected": [True, False]}}
