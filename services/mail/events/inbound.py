"""The events of inbound mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.mail.domain.inbound import Inbound


@dataclass(frozen=True, kw_only=True)
class InboundEvent(Event):
    """What every event of an inbound mail says."""

    inbound: str
    mailbox: str
    message: str | None = None
    reason: str | None = None

    @classmethod
    def of(cls, inbound: Inbound) -> Self:
        """The event of this inbound mail as it is now."""
        return cls(
            subject=inbound.id,
            inbound=inbound.id,
            mailbox=inbound.mailbox,
            message=inbound.message,
            reason=inbound.reason,
        )


_INBOUND = {"inbound": "01JD9V1", "mailbox": "support@example.jp", "message": None, "reason": None}


@dataclass(frozen=True, kw_only=True)
class InboundStored(InboundEvent):
    """A raw mail is durable and waits to be read; also when it is read again."""

    type: ClassVar[str] = "inbound.stored"
    example: ClassVar[Mapping[str, Any]] = _INBOUND


@dataclass(frozen=True, kw_only=True)
class InboundQuarantined(InboundEvent):
    """A raw mail could not be read; it is kept, and can be replayed."""

    type: ClassVar[str] = "inbound.quarantined"
    example: ClassVar[Mapping[str, Any]] = _INBOUND | {"reason": "The parser took more than 5 s."}


@dataclass(frozen=True, kw_only=True)
class InboundSuppressed(InboundEvent):
    """A mail is kept and makes no ticket: an auto-reply, a bounce or our own mail, of no known thread."""

    type: ClassVar[str] = "inbound.suppressed"
    example: ClassVar[Mapping[str, Any]] = _INBOUND | {"message": "01JD9V2", "reason": "auto_reply"}
