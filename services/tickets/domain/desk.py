"""A desk: a department that owns tickets, and its policies."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from services.tickets.domain.patching import patched


class DeskKind(StrEnum):
    """What comes to it: inquiries of customers, or issues that other desks escalate (R83)."""

    INQUIRY = "inquiry"
    ISSUE = "issue"


class Attach(StrEnum):
    """Where a contact that belongs to no ticket goes (R26)."""

    THREAD = "thread"  # to a new ticket
    LATEST_OPEN = "latest_open"  # to the customer's most recently opened one, if there is one


class ReplyAfterClose(StrEnum):
    """What a reply to a closed ticket does (R63)."""

    FOLLOW_UP = "follow_up"


class FieldType(StrEnum):
    """What a configured field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SELECT = "select"
    BOOLEAN = "boolean"


class ReviewMode(StrEnum):
    """Which outgoing mails are reviewed first (R178)."""

    OFF = "off"
    ALL = "all"
    SAMPLE = "sample"


@dataclass(frozen=True, kw_only=True)
class FieldDefinition:
    """One field that the desk's tickets have besides those of every ticket (R51)."""

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    options: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class AlwaysReviewed:
    """Whose mails are reviewed whatever the mode."""

    agents: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    prohibited: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewPolicy:
    """Which mails a lead sees before the customer does (R175-R178); `sample` is a share between 0 and 1."""

    mode: ReviewMode = ReviewMode.OFF
    sample: float = 0.0
    always: AlwaysReviewed = field(default_factory=AlwaysReviewed)


@dataclass(frozen=True, kw_only=True)
class ForwardPolicy:
    """How mails may be forwarded (R165, R166, R171, R172)."""

    kinds: tuple[str, ...] = ("inline", "attachment")
    cc: bool = True
    many: bool = True
    from_history: bool = True


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A department that owns tickets and their policies."""

    id: str
    name: str
    kind: DeskKind = DeskKind.INQUIRY
    intake_types: tuple[str, ...] = ()
    customer_fields: tuple[FieldDefinition, ...] = ()
    operator_fields: tuple[FieldDefinition, ...] = ()
    attach: Attach = Attach.THREAD
    auto_close_after: timedelta = timedelta(days=14)
    reply_after_close: ReplyAfterClose = ReplyAfterClose.FOLLOW_UP
    addresses: tuple[str, ...] = ()
    customer_tab: bool = True
    collision: bool = True
    review: ReviewPolicy = field(default_factory=ReviewPolicy)
    forward: ForwardPolicy = field(default_factory=ForwardPolicy)
    dispositions: tuple[str, ...] = ()
    calendar: str | None = None
    deleted: datetime | None = None
    sequence: int = 0
    version: int = 1

    def patch(self, changes: Mapping[str, Any]) -> Self:
        """The desk with a merge patch applied; itself, when that changes nothing."""
        after = patched(self, changes)
        return self if after == self else replace(after, version=self.version + 1)

    def delete(self, *, at: datetime) -> Self:
        """A tombstone: the id is never used again, the addresses are free."""
        return replace(self, deleted=at, addresses=(), version=self.version + 1)


def address_key(address: str) -> str:
    """What two mail addresses that lead to one desk have in common."""
    return address.strip().casefold()
