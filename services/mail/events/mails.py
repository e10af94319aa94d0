"""The events of mails that were read, and of those that leave; their subject is the message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.mail.domain.deliveries import Delivery, DeliveryState
from services.mail.domain.drafts import Draft, Then
from services.mail.domain.messages import EVENT_CHARACTERS, Message


@dataclass(frozen=True, kw_only=True)
class MailReceived(Event):
    """A mail was read; tickets decides where it goes. `ticket` is that of its known thread."""

    type: ClassVar[str] = "mail.received"
    example: ClassVar[Mapping[str, Any]] = {
        "message": "01JD9V2",
        "inbound": "01JD9V1",
        "desk": "support",
        "mailbox": "support@example.jp",
        "ticket": None,
        "matched_by": None,
        "related_to": None,
        "customer": "01JD9V0",
        "is_auto_reply": False,
        "is_bounce": False,
        "bounce_hard": False,
        "language": "ja",
        "at": "2026-11-22T01:02:05.630Z",
        "attachments": 0,
        "flags": [],
        "text_cut": False,
        "personal": {"from": {"name": "山田", "address": "y@example.jp"}, "to": [], "subject": "請求", "text": "本文"},
    }

    message: str
    inbound: str | None
    desk: str
    mailbox: str
    ticket: str | None
    matched_by: str | None
    related_to: str | None
    customer: str | None
    is_auto_reply: bool
    is_bounce: bool
    bounce_hard: bool
    language: str | None
    at: datetime
    attachments: int
    flags: tuple[str, ...]
    text_cut: bool

    @classmethod
    def of(cls, message: Message) -> Self:
        """That this message was read."""
        return cls(
            subject=message.id,
            message=message.id,
            inbound=message.inbound,
            desk=message.desk,
            mailbox=message.mailbox,
            ticket=message.ticket,
            matched_by=message.matched_by,
            related_to=message.related_to,
            customer=message.customer,
            is_auto_reply=message.auto_reply is not None,
            is_bounce=message.bounce is not None,
            bounce_hard=message.bounce is not None and message.bounce.hard,
            language=message.language,
            at=message.at,
            attachments=len(message.attachments),
            flags=message.flags,
            text_cut=len(message.reply_text or message.text) > EVENT_CHARACTERS,
            personal=_personal(message, message.reply_text or message.text),
        )


def _personal(message: Message, text: str) -> dict[str, Any]:
    author = {"name": message.author.name, "address": message.author.address} if message.author else None
    addressed = [{"name": each.name, "address": each.address} for each in message.to]
    return {"from": author, "to": addressed, "subject": message.subject, "text": text[:EVENT_CHARACTERS]}


@dataclass(frozen=True, kw_only=True)
class MailQueued(Event):
    """An answer may leave, and will; `then` is what becomes of its ticket."""

    type: ClassVar[str] = "mail.queued"
    example: ClassVar[Mapping[str, Any]] = {
        "message": "01JD9V4",
        "ticket": "01JD9V3",
        "draft": "01JD9V4",
        "desk": "support",
        "then": "solve",
        "author": "alice",
        "overridden": [],
        "editors": [],
        "text_cut": False,
        "personal": {"from": {"name": "", "address": "s@example.jp"}, "to": [], "subject": "Re: 請求", "text": "回答"},
    }

    message: str
    ticket: str
    draft: str
    desk: str
    then: str | None
    author: str
    overridden: tuple[str, ...]
    editors: tuple[str, ...] | str
    text_cut: bool

    @classmethod
    def of(cls, message: Message, draft: Draft, then: Then | None, overridden: list[str], editors: Any) -> Self:
        """That this message of this draft was queued."""
        return cls(
            subject=message.id,
            message=message.id,
            ticket=draft.ticket,
            draft=draft.id,
            desk=draft.desk,
            then=then,
            author=draft.author,
            overridden=tuple(overridden),
            editors=editors,
            text_cut=len(message.text) > EVENT_CHARACTERS,
            personal=_personal(message, message.text),
        )


@dataclass(frozen=True, kw_only=True)
class DeliveryEvent(Event):
    """What every event of a delivery says."""

    message: str
    ticket: str | None
    draft: str | None
    delivery: str
    attempts: int

    @classmethod
    def of(cls, message: Message, delivery: Delivery) -> Self:
        """The event of this delivery as it is now."""
        return cls(
            subject=message.id,
            message=message.id,
            ticket=message.ticket,
            draft=message.draft,
            delivery=delivery.id,
            attempts=delivery.attempts,
            personal={"recipient": delivery.recipient, "error": delivery.last_error},
        )


_DELIVERY = {
    "message": "01JD9V4",
    "ticket": "01JD9V3",
    "draft": "01JD9V4",
    "delivery": "01JD9V4-0",
    "attempts": 1,
    "personal": {"recipient": "y@example.jp", "error": None},
}


@dataclass(frozen=True, kw_only=True)
class MailSent(DeliveryEvent):
    """A recipient's server took the mail."""

    type: ClassVar[str] = "mail.sent"
    example: ClassVar[Mapping[str, Any]] = _DELIVERY


@dataclass(frozen=True, kw_only=True)
class MailFailed(DeliveryEvent):
    """A recipient's server will never take the mail."""

    type: ClassVar[str] = "mail.failed"
    example: ClassVar[Mapping[str, Any]] = _DELIVERY


@dataclass(frozen=True, kw_only=True)
class MailUnknown(DeliveryEvent):
    """Nobody knows whether a recipient's server took the mail; a person decides, and nobody sends again blindly."""

    type: ClassVar[str] = "mail.unknown"
    example: ClassVar[Mapping[str, Any]] = _DELIVERY


def told(message: Message, delivery: Delivery) -> DeliveryEvent | None:
    """What is told of a delivery as it is now; nothing while it waits."""
    ends = {
        DeliveryState.SENT: MailSent,
        DeliveryState.FAILED: MailFailed,
        DeliveryState.UNKNOWN: MailUnknown,
    }
    return ends[delivery.state].of(message, delivery) if delivery.state in ends else None
