"""A raw mail to one of our mailboxes, and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class Verdict(StrEnum):
    """What became of an inbound mail; every one has exactly one verdict."""

    STORED = "stored"
    TICKETED = "ticketed"
    QUARANTINED = "quarantined"  # not readable, with its reason; can be replayed
    SUPPRESSED = "suppressed"  # kept, but makes no ticket: an auto-reply, a bounce or our own mail


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One mail to one mailbox, kept before anything of it is understood. `digest` names its raw bytes."""

    id: str
    mailbox: str
    fingerprint: str
    digest: str
    size: int
    received_at: datetime
    verdict: Verdict = Verdict.STORED
    reason: str | None = None
    ticket: str | None = None
    message: str | None = None
    matched_by: str | None = None
    sender: str | None = None
    sequence: int = 0
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether it is still to be read."""
        return self.verdict in (Verdict.STORED, Verdict.QUARANTINED) and self.message is None

    def read_as(self, message: str, *, sender: str | None, matched_by: str | None) -> Self:
        """It is understood now, as this message."""
        return replace(self, message=message, sender=sender, matched_by=matched_by, verdict=Verdict.STORED, reason=None)

    def suppress(self, message: str, *, sender: str | None, reason: str) -> Self:
        """It is kept and goes no further."""
        return replace(self, message=message, sender=sender, verdict=Verdict.SUPPRESSED, reason=reason)

    def quarantine(self, reason: str) -> Self:
        """It cannot be read for now."""
        return replace(self, verdict=Verdict.QUARANTINED, reason=reason)

    def release(self) -> Self:
        """Out of quarantine, to be read again."""
        return replace(self, verdict=Verdict.STORED, reason=None)

    def join(self, ticket: str, *, placed: str | None) -> Self:
        """It is with its ticket, by its thread or as tickets placed it."""
        return replace(self, ticket=ticket, verdict=Verdict.TICKETED, matched_by=placed or self.matched_by)
