"""An agent: somebody who works here, what they chose to be, and whether they are connected."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class State(StrEnum):
    """What an agent chose; work is only offered to who is ready (R05)."""

    READY = "ready"
    NOT_READY = "not_ready"


@dataclass(frozen=True, kw_only=True)
class Agent:
    """An entry of the directory. What the agent chose and whether a live session exists are two facts.

    `version` rises with the entry itself, not with state and connection.
    """

    id: str
    name: str
    email: str | None = None
    avatar_url: str | None = None
    locale: str | None = None
    state: State = State.NOT_READY
    reason: str | None = None
    since: datetime
    connected: bool = False
    created_at: datetime
    updated_at: datetime
    sequence: int = 0
    version: int = 1

    @classmethod
    def entered(cls, id: str, *, at: datetime, **fields: Any) -> Self:
        """A new entry; nobody is ready before saying so."""
        return cls(id=id, since=at, created_at=at, updated_at=at, **fields)

    def described(self, *, at: datetime, **fields: Any) -> Self:
        """The agent with these fields of the directory; itself, when they are what they were."""
        after = replace(self, **fields)
        return self if after == self else replace(after, updated_at=at, version=self.version + 1)

    def chosen(self, state: State, reason: str | None, *, at: datetime) -> Self:
        """The agent in the state of their choice; itself, when nothing changes."""
        after = replace(self, state=state, reason=reason)
        return self if after == self else replace(after, since=at)

    def linked(self, connected: bool) -> Self:
        """The agent with or without a live session."""
        return replace(self, connected=connected)


def put(known: Agent | None, id: str, *, at: datetime, **fields: Any) -> Agent:
    """The entry with these fields, whether or not it was there."""
    return Agent.entered(id, at=at, **fields) if known is None else known.described(at=at, **fields)


def seen(known: Agent | None, id: str, name: str | None, *, at: datetime) -> Agent:
    """The entry of somebody who came with a token, which may tell their name."""
    return put(known, id, at=at, name=name or (known.name if known else id))
