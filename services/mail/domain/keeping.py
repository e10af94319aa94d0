"""From a mail that was read to the message that is kept."""

from collections.abc import Sequence
from datetime import datetime

from services.mail.domain.inbound import Inbound
from services.mail.domain.message import ParsedMail
from services.mail.domain.messages import KEPT_CHARACTERS, Direction, Message, Part
from services.mail.domain.placing import Placement


def parts(mail: ParsedMail, digests: Sequence[str]) -> tuple[Part, ...]:
    """The attachments of a mail whose bytes are kept under these digests."""
    return tuple(
        Part(
            id=str(number),
            filename=attachment.filename,
            content_type=attachment.content_type,
            size=len(attachment.content),
            digest=digest,
        )
        for number, (attachment, digest) in enumerate(zip(mail.attachments, digests, strict=True), start=1)
    )


def kept(
    mail: ParsedMail,
    inbound: Inbound,
    placement: Placement,
    *,
    id: str,
    desk: str,
    customer: str | None,
    attachments: tuple[Part, ...],
    suppressed: str | None,
    at: datetime,
) -> Message:
    """The message of an inbound mail; what is too long for a document stays whole in the raw bytes."""
    return Message(
        id=id,
        direction=Direction.IN,
        digest=inbound.digest,
        at=at,
        desk=desk,
        mailbox=inbound.mailbox,
        inbound=inbound.id,
        message_id=mail.message_id,
        ticket=placement.ticket,
        related_to=placement.related_to,
        matched_by=placement.matched_by,
        flags=placement.flags,
        author=mail.author,
        to=mail.to,
        cc=mail.cc,
        reply_to=mail.reply_to,
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        date=mail.date,
        subject=mail.subject,
        text=mail.text[:KEPT_CHARACTERS],
        html=mail.html[:KEPT_CHARACTERS] if mail.html else None,
        reply_text=mail.reply_text[:KEPT_CHARACTERS],
        language=mail.language,
        charset=mail.charset,
        headers=within(mail.headers),
        attachments=attachments,
        auto_reply=mail.auto_reply,
        bounce=mail.bounce,
        customer=customer,
        suppressed=suppressed,
    )


MOST_HEADERS = 200
HEADER_CHARACTERS = 2_000


def within(headers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """As many headers as conditions may ask for."""
    return tuple((name, value[:HEADER_CHARACTERS]) for name, value in headers[:MOST_HEADERS])
