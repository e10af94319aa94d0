"""What one received mail says, once it has been read."""

from dataclasses import dataclass
from datetime import datetime

from services.mail.domain.mime.addresses import Address
from services.mail.domain.mime.attachments import Attachment


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A notice that a mail of ours did not arrive, or not yet.

    `hard` is true only when the address itself is no good for ever; `delayed` when the server still tries;
    `original_message_id` is that of our mail, where the notice carries it.
    """

    recipients: tuple[str, ...] = ()
    status: str | None = None
    hard: bool = False
    delayed: bool = False
    reason: str = "other"
    original_message_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ParsedMail:
    """A received mail; all text is NFC and without NUL, all identifiers are without angle brackets."""

    message_id: str
    has_own_message_id: bool = True
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    author: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    delivered_to: tuple[Address, ...] = ()
    x_original_to: tuple[Address, ...] = ()
    date: datetime | None = None
    subject: str = ""
    text: str = ""
    html: str | None = None
    reply_text: str = ""
    language: str | None = None
    charset: str | None = None
    attachments: tuple[Attachment, ...] = ()
    auto_reply: str | None = None
    bounce: Bounce | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_auto_reply(self) -> bool:
        return self.auto_reply is not None

    @property
    def takes_automatic_answers(self) -> bool:
        """Whether a machine of ours may answer: no loop can come of it (RFC 3834), and no list gets it."""
        if self.auto_reply or self.bounce or self.header("list-id") or self.header("return-path") == "<>":
            return False
        return (self.header("precedence") or "").lower() not in {"bulk", "list", "junk", "auto_reply"}

    @property
    def is_bounce(self) -> bool:
        return self.bounce is not None

    def header(self, name: str) -> str | None:
        """The first header field of that name, decoded."""
        return next((value for field, value in self.headers if field == name.lower()), None)
