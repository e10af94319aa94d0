"""A draft as it leaves: the mail, the message that is kept of it, and one delivery for each recipient."""

from datetime import datetime

from services.mail.domain import token
from services.mail.domain.compose import Outgoing, thread_references
from services.mail.domain.deliveries import Delivery
from services.mail.domain.drafts import Draft
from services.mail.domain.messages import Direction, Message


def outgoing(draft: Draft, answered: Message | None, *, secret: bytes, domain: str, at: datetime) -> Outgoing:
    """The mail of a draft. Its Message-ID carries the ticket, signed, and is the same however often it is built."""
    return Outgoing(
        sender=draft.sender,
        to=draft.to,
        cc=draft.cc,
        bcc=draft.bcc,
        subject=draft.subject,
        text=draft.text,
        html=draft.html,
        message_id=token.message_id(secret, draft.ticket, draft.message, domain),
        in_reply_to=answered.message_id if answered else None,
        references=answered.references if answered else (),
        date=at,
        answered_charset=answered.charset if answered else None,
    )


def message_of(draft: Draft, mail: Outgoing, *, digest: str, at: datetime) -> Message:
    """The message that is kept of a mail that leaves."""
    return Message(
        id=draft.message,
        direction=Direction.OUT,
        digest=digest,
        at=at,
        desk=draft.desk,
        mailbox=draft.sender.address,
        draft=draft.id,
        ticket=draft.ticket,
        message_id=mail.message_id,
        author=draft.sender,
        to=draft.to,
        cc=draft.cc,
        in_reply_to=(mail.in_reply_to,) if mail.in_reply_to else (),
        references=thread_references(mail.in_reply_to, mail.references),
        date=at,
        subject=draft.subject,
        text=draft.text,
        html=draft.html,
        reply_text=draft.text,
    )


def deliveries_of(draft: Draft, *, at: datetime) -> list[Delivery]:
    """One delivery for each recipient, due now."""
    return [
        Delivery(
            id=f"{draft.message}-{number}",
            message=draft.message,
            recipient=recipient.address,
            created_at=at,
            next_at=at,
        )
        for number, recipient in enumerate(draft.recipients)
    ]
