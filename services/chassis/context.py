"""Who is calling, why, and until when: what travels with every call and into every event."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from time import time
from typing import Any, Self

from services.chassis.ids import new_id

DEFAULT_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: an agent, a service, a trigger, a customer or the system itself."""

    kind: str
    id: str
    name: str = ""
    roles: tuple[str, ...] = ()

    def has(self, *roles: str) -> bool:
        """Whether the actor has one of these roles."""
        return any(role in self.roles for role in roles)

    @classmethod
    def parse(cls, text: str, name: str = "") -> Self:
        """The actor that an event names, as `agent/alice`; it carries no roles."""
        kind, _, identity = text.partition("/")
        return cls(kind=kind, id=identity, name=name)

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


SYSTEM = Actor(kind="system", id="madoguchi")


@dataclass(frozen=True, kw_only=True)
class Call:
    """The context of one call. `deadline` is in seconds since the epoch."""

    actor: Actor = SYSTEM
    correlation_id: str
    deadline: float
    traceparent: str | None = None
    causation_id: str | None = None
    cascade: int = 0
    idempotency_key: str | None = None
    strict: bool = False

    @classmethod
    def begin(cls, actor: Actor = SYSTEM, *, seconds: float = DEFAULT_SECONDS, **context: Any) -> Self:
        """A call that starts here and now."""
        context.setdefault("correlation_id", new_id())
        return cls(actor=actor, deadline=time() + seconds, **context)

    def remaining(self) -> float:
        """Seconds until the deadline, negative once it has passed."""
        return self.deadline - time()

    @property
    def expired(self) -> bool:
        """Whether nobody waits for an answer any more."""
        return self.remaining() <= 0

    def keyed(self, key: str | None) -> Self:
        """The same call under another idempotency key; what is called from inside is never strict."""
        return replace(self, idempotency_key=key, strict=False)

    def to_headers(self) -> dict[str, str]:
        """The headers that carry this call; these and no others cross the bus."""
        actor = {"kind": self.actor.kind, "id": self.actor.id, "name": self.actor.name, "roles": self.actor.roles}
        headers = {
            "mdg-actor": json.dumps(actor),
            "mdg-correlation": self.correlation_id,
            "mdg-deadline": str(int(self.deadline * 1000)),
            "mdg-cascade": str(self.cascade),
        }
        optional = {
            "traceparent": self.traceparent,
            "mdg-causation": self.causation_id,
            "mdg-key": self.idempotency_key,
            "mdg-strict": "1" if self.strict else None,
        }
        return headers | {name: value for name, value in optional.items() if value is not None}

    @classmethod
    def from_headers(cls, headers: Mapping[str, Any]) -> Self:
        """The call that these headers carry. Raises KeyError or ValueError where they are not ours."""
        actor = json.loads(headers["mdg-actor"])
        return cls(
            actor=Actor(kind=actor["kind"], id=actor["id"], name=actor["name"], roles=tuple(actor["roles"])),
            correlation_id=headers["mdg-correlation"],
            deadline=int(headers["mdg-deadline"]) / 1000,
            traceparent=headers.get("traceparent"),
            causation_id=headers.get("mdg-causation"),
            cascade=int(headers.get("mdg-cascade", 0)),
            idempotency_key=headers.get("mdg-key"),
            strict=headers.get("mdg-strict") == "1",
        )


_call: ContextVar[Call | None] = ContextVar("call", default=None)


def current() -> Call:
    """The call being served here; outside of any, a fresh one of the system itself."""
    return _call.get() or Call.begin()


def serving() -> Call | None:
    """The call being served here, if one is."""
    return _call.get()


@contextmanager
def using(call: Call) -> Iterator[Call]:
    """Serve this call for the length of the block."""
    token = _call.set(call)
    try:
        yield call
    finally:
        _call.reset(token)
