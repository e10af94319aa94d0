"""An activity: one entry of a ticket, what happened with the customer or inside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from services.tickets.domain.desk import Desk
from services.tickets.domain.permissions import Actor
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import Channel
from services.tickets.errors import FieldsInvalid


class Direction(StrEnum):
    """Which way it went."""

    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


class ActivityKind(StrEnum):
    """What it is."""

    MAIL = "mail"
    CALL = "call"
    CHAT = "chat"
    SMS = "sms"
    COMMENT = "comment"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who made it."""

    kind: str
    id: str | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One entry of a ticket; of it change only tags, note, disposition, done, and a comment's text.

    `source` names the one thing outside that it stands for: no two activities have the same.
    """

    id: str
    ticket: str
    customer: str | None = None
    conversation: str | None = None
    channel: Channel
    direction: Direction
    kind: ActivityKind
    author: Author
    text: str = ""
    message: str | None = None
    source: str | None = None
    attachments: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    disposition: str | None = None
    done: bool = False
    at: datetime
    version: int = 1

    def edit(self, changes: Mapping[str, Any], desk: Desk) -> Self:
        """Change what may change; itself, when nothing does. Raises FieldsInvalid."""
        if "text" in changes and self.kind is not ActivityKind.COMMENT:
            raise FieldsInvalid({"text": ["Only a comment's text can change."]})
        disposition = changes.get("disposition")
        if disposition is not None and desk.dispositions and disposition not in desk.dispositions:
            raise FieldsInvalid({"disposition": [f"The desk has no disposition {disposition}."]})
        after = replace(self, **changes)
        return self if after == self else replace(after, version=self.version + 1)


def comment(
    ticket: Ticket, text: str, *, id: str, by: Actor, at: datetime, attachments: tuple[str, ...] = ()
) -> Activity:
    """What somebody here noted, which leaves the customer unmailed (R64)."""
    return Activity(
        id=id,
        ticket=ticket.id,
        customer=ticket.customer,
        channel=Channel.AGENT,
        direction=Direction.INTERNAL,
        kind=ActivityKind.COMMENT,
        author=Author(kind=by.kind, id=by.id, name=by.name),
        text=text,
        attachments=attachments,
        at=at,
    )


def noted(ticket: Ticket, text: str | None, *, id: str, by: Actor, at: datetime) -> Activity | None:
    """The note that came with a move as an entry for who comes next (R24), if there was one."""
    return comment(ticket, text, id=id, by=by, at=at) if text else None
