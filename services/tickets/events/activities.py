"""The events of what happened with the customer and inside; their subject is the ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.tickets.domain.activity import Activity, ActivityKind, Author, Direction
from services.tickets.domain.ticket import Ticket
from services.tickets.events.snapshot import EXAMPLE, OfTicket, differences, snapshot

OUTER = (
    "source",
    "message",
    "conversation",
    "channel",
    "direction",
    "kind",
    "attachments",
    "tags",
    "disposition",
    "done",
    "at",
)
RECORDED: dict[str, Any] = {
    "activity": "01JD9V4A2B3C4D5E6F7G8H9J0K",
    "source": "01JD9V3A2B3C4D5E6F7G8H9J0K",
    "message": "01JD9V3A2B3C4D5E6F7G8H9J0K",
    "conversation": None,
    "direction": "in",
    "kind": "mail",
    "author": "customer/01JD9V0A2B3C4D5E6F7G8H9J0K",
    "attachments": [],
    "tags": [],
    "disposition": None,
    "done": False,
    "at": "2026-11-22T01:02:05.630Z",
}


@dataclass(frozen=True, kw_only=True)
class OfActivity(OfTicket):
    """The entry and, with the small snapshot, its ticket."""

    activity: str
    source: str | None
    message: str | None
    conversation: str | None
    direction: Direction
    kind: ActivityKind
    author: str
    attachments: Sequence[str]
    tags: Sequence[str]
    disposition: str | None
    done: bool
    at: datetime

    @classmethod
    def entry(cls, ticket: Ticket, activity: Activity, **more: Any) -> Self:
        """The event of an activity of this ticket; `channel` is the activity's own."""
        outer: dict[str, Any] = {name: getattr(activity, name) for name in OUTER}
        known = {"activity": activity.id, "author": _name(activity.author)}
        written = {"title": ticket.title, "author": activity.author.name, "text": activity.text, "note": activity.note}
        return cls(**(snapshot(ticket) | outer | known | {"personal": written} | more))


def _name(author: Author) -> str:
    return f"{author.kind}/{author.id}" if author.id else author.kind


@dataclass(frozen=True, kw_only=True)
class ActivityRecorded(OfActivity, Event):
    """Something happened with the customer, or somebody noted something.

    `source` names what outside it stands for, such as the mail; `placed` is the rule by which a mail without thread
    came here; `then_refused` is the code of the rule that a sent mail's `then` broke.
    """

    type: ClassVar[str] = "activity.recorded"
    example: ClassVar[Mapping[str, Any]] = (
        EXAMPLE
        | RECORDED
        | {
            "automatic": False,
            "placed": "new",
            "then_refused": None,
            "personal": {
                "title": "請求書について",
                "text": "九月分が届きません。",
                "note": "",
                "author": "山田太郎",
            },
        }
    )

    automatic: bool = False
    placed: str | None = None
    then_refused: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityUpdated(OfActivity, Event):
    """Its tags, note, disposition, done, or a comment's text changed; a former text stays in `personal.changed`."""

    type: ClassVar[str] = "activity.updated"
    example: ClassVar[Mapping[str, Any]] = (
        EXAMPLE
        | RECORDED
        | {
            "changed": {"done": [False, True]},
            "personal": {"title": "請求書について", "author": "", "text": "九月分", "note": "", "changed": {}},
        }
    )

    @classmethod
    def change(cls, ticket: Ticket, before: Activity, after: Activity) -> Self:
        """The event of a change of an activity."""
        outer = differences(before, after, ("tags", "disposition", "done"))
        inner = differences(before, after, ("text", "note"))
        event = cls.entry(ticket, after, changed=outer)
        return replace(event, personal={**event.personal, "changed": inner})
