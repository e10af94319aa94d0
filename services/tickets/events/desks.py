"""The events of desks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.tickets.domain.desk import (
    Attach,
    Desk,
    DeskKind,
    FieldDefinition,
    ForwardPolicy,
    ReplyAfterClose,
    ReviewPolicy,
)
from services.tickets.events.snapshot import differences

UNCOMPARED = {"id", "sequence", "version"}
SHOWN = tuple(each.name for each in fields(Desk) if each.name not in UNCOMPARED | {"deleted"})
EXAMPLE: dict[str, Any] = {
    "desk": "support",
    "version": 1,
    "name": "Support",
    "kind": "inquiry",
    "intake_types": ["invoice"],
    "customer_fields": [],
    "operator_fields": [],
    "attach": "thread",
    "auto_close_after": "P14D",
    "reply_after_close": "follow_up",
    "addresses": ["support@example.jp"],
    "customer_tab": True,
    "collision": True,
    "review": {"mode": "off", "sample": 0.0, "always": {"agents": [], "customers": [], "prohibited": False}},
    "forward": {"kinds": ["inline", "attachment"], "cc": True, "many": True, "from_history": True},
    "dispositions": [],
    "calendar": None,
    "changed": {},
    "cascade": 0,
    "personal": {},
}


@dataclass(frozen=True, kw_only=True)
class OfDesk:
    """The whole desk as it is afterwards: it is small, and holds nothing personal."""

    desk: str
    version: int
    name: str
    kind: DeskKind
    intake_types: Sequence[str]
    customer_fields: Sequence[FieldDefinition]
    operator_fields: Sequence[FieldDefinition]
    attach: Attach
    auto_close_after: timedelta
    reply_after_close: ReplyAfterClose
    addresses: Sequence[str]
    customer_tab: bool
    collision: bool
    review: ReviewPolicy
    forward: ForwardPolicy
    dispositions: Sequence[str]
    calendar: str | None

    @classmethod
    def of(cls, after: Desk, before: Desk | None = None) -> Self:
        """The event of a change from `before` to `after`."""
        shown: dict[str, Any] = {name: getattr(after, name) for name in SHOWN}
        changed = differences(before, after, SHOWN) if before else {}
        return cls(**(shown | {"subject": after.id, "desk": after.id, "version": after.version, "changed": changed}))


@dataclass(frozen=True, kw_only=True)
class DeskCreated(OfDesk, Event):
    """A department takes up its work."""

    type: ClassVar[str] = "desk.created"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE


@dataclass(frozen=True, kw_only=True)
class DeskUpdated(OfDesk, Event):
    """A desk's name, addresses, fields or policies changed."""

    type: ClassVar[str] = "desk.updated"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"version": 2, "changed": {"name": ["Support", "Help"]}}


@dataclass(frozen=True, kw_only=True)
class DeskDeleted(OfDesk, Event):
    """A desk is gone: its id is never used again, its addresses are free."""

    type: ClassVar[str] = "desk.deleted"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {
        "version": 2,
        "addresses": [],
        "changed": {"addresses": [["support@example.jp"], []]},
    }
