"""The inbox: what a consumer remembers, in the same database as the effect of its handler."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from .event import Event


class AlreadyDone(Exception):
    """The event had its effect before; the transaction must be given up."""


class Inbox(Protocol):
    """Enough for handlers to which order means nothing; what is kept for later is then yours to bring back."""

    def seen(self, event_id: str) -> bool:
        """Whether the event had its effect."""

    def done(self, event: Event, transaction: Any) -> None:
        """Note in the handler's own transaction that the event has its effect. Raises AlreadyDone."""

    def later(self, event: Event, reason: str, due_at: datetime | None) -> None:
        """Keep the event, to be tried again at an instant, or never by itself."""


@runtime_checkable
class KeepingInbox(Inbox, Protocol):
    """An inbox that brings back what it kept, and knows how far each subject has come."""

    def due(self, at: datetime) -> Sequence[Event]:
        """The kept events that are due, those of one subject in sequence."""

    def reached(self, subject: str) -> int:
        """The last sequence of the subject that is done; 0 for none."""

    def gaps(self) -> Sequence[tuple[str, int]]:
        """(subject, sequence) of every event that never came, though one behind it did."""
