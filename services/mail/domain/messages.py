"""A mail of ours, in or out, as it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from services.mail.domain.message import Bounce
from services.mail.domain.mime.addresses import Address

KEPT_CHARACTERS = 1_048_576
EVENT_CHARACTERS = 20_000


class Direction(StrEnum):
    """Which way a mail went."""

    IN = "in"
    OUT = "out"


class Flag(StrEnum):
    """What an agent should know of how a mail was placed."""

    UNPROVEN_REFERENCE = "unproven_reference"
    UNKNOWN_SENDER = "unknown_sender"


@dataclass(frozen=True, kw_only=True)
class Part:
    """An attachment; `digest` names its bytes."""

    id: str
    filename: str
    content_type: str
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """One mail. `message_id`, `in_reply_to` and `references` are its header's, without angle brackets."""

    id: str
    direction: Direction
    digest: str
    at: datetime
    desk: str
    mailbox: str
    message_id: str
    ticket: str | None = None
    related_to: str | None = None
    inbound: str | None = None
    draft: str | None = None
    author: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    subject: str = ""
    text: str = ""
    html: str | None = None
    reply_text: str = ""
    language: str | None = None
    charset: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Part, ...] = ()
    auto_reply: str | None = None
    bounce: Bounce | None = None
    flags: tuple[Flag, ...] = ()
    matched_by: str | None = None
    customer: str | None = None
    suppressed: str | None = None
    sequence: int = 0
    version: int = 1

    def join(self, ticket: str) -> Self:
        """It is with its ticket."""
        return replace(self, ticket=ticket)

    def attachment(self, id: str) -> Part | None:
        """One of its attachments."""
        return next((part for part in self.attachments if part.id == id), None)

    @property
    def sender(self) -> str | None:
        """The key of its author's address."""
        return self.author.key if self.author else None

    @property
    def participants(self) -> set[str]:
        """The keys of the addresses that wrote or were written to."""
        senders = (self.author,) if self.author else ()
        return {each.key for each in (*senders, *self.reply_to, *self.to, *self.cc)}
