"""The envelope: an event of another service as it came over the bus (CloudEvents 1.0, structured JSON)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from services.chassis.context import Actor, Call

HANDLING_SECONDS = 30.0
LARGEST = 2**63 - 1


class Undecodable(Exception):
    """The body of a message is no event; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One event; `text` is its JSON as it came, `data` still without any schema."""

    id: str
    type: str
    subject: str
    sequence: int
    time: datetime
    actor: Actor
    correlationid: str
    causationid: str | None = None
    traceparent: str | None = None
    data: dict[str, Any] = field(repr=False)
    text: str = field(repr=False)

    @property
    def cascade(self) -> int:
        """How many decisions of triggers led to this event."""
        return int(self.data.get("cascade", 0))

    def call(self) -> Call:
        """The call in which the event is handled: caused by it, in the name of who caused it."""
        return Call.begin(
            self.actor,
            seconds=HANDLING_SECONDS,
            correlation_id=self.correlationid,
            causation_id=self.id,
            traceparent=self.traceparent,
            cascade=self.cascade,
        )

    @classmethod
    def decode(cls, body: bytes) -> Self:
        """The event that a message's body holds. Raises Undecodable."""
        try:
            text = body.decode("utf-8")
            return cls._of(json.loads(text), text)
        except KeyError as error:
            raise Undecodable(f"The event has no {error}.") from error
        except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise Undecodable(f"{type(error).__name__}: {error}") from error

    @classmethod
    def _of(cls, event: Any, text: str) -> Self:
        data = event["data"]
        if not isinstance(data, dict) or not isinstance(data.get("cascade", 0), int):
            raise ValueError("its data is not what an event's data is")
        return cls(
            id=_name(event["id"]),
            type=_name(event["type"]),
            subject=_name(event["subject"]),
            sequence=_positive(event["sequence"]),
            time=datetime.fromisoformat(event["time"]).astimezone(UTC),
            actor=Actor.parse(_name(event["actor"])),
            correlationid=_name(event["correlationid"]),
            causationid=event.get("causationid"),
            traceparent=event.get("traceparent"),
            data=data,
            text=text,
        )


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} names nothing")
    value.encode("utf-8")
    return value


def _positive(value: Any) -> int:
    number = int(value)
    if not 1 <= number <= LARGEST:
        raise ValueError(f"the sequence {number} is not positive, or larger than any can be")
    return number
