"""Messages and their deliveries: what enters, and what leaves."""

from typing import Any

from marshmallow import Schema as Plain
from marshmallow import fields

from services.chassis.schema import Id, Instant, PageRequest, Schema, Text, Whole
from services.mail.domain.deliveries import DeliveryState, Outcome
from services.mail.domain.message import ParsedMail
from services.mail.domain.messages import Message
from services.mail.domain.mime.markup import sanitise
from services.mail.schemas.shared import AddressView, ById, one_of


class PartView(Plain):
    """An attachment, without its bytes."""

    id = fields.String()
    filename = fields.String()
    content_type = fields.String()
    size = fields.Integer()


class DeliveryView(Schema):
    """One recipient's delivery."""

    id = fields.String()
    message = fields.String()
    recipient = fields.String()
    state = fields.String()
    attempts = fields.Integer()
    last_error = fields.String()
    next_at = Instant()


class ListDeliveries(PageRequest):
    """Which deliveries."""

    state = fields.String(validate=one_of(DeliveryState))


class ResolveDelivery(ById):
    """What a person found out."""

    outcome = fields.Enum(Outcome, by_value=True, required=True)
    note = Text(required=True, min=1)


class ParseMail(Schema):
    """A raw mail whose bytes are stored, to be read and forgotten."""

    blob = Id(required=True)
    size = Whole(load_default=0)


class GetAttachment(ById):
    """One attachment of a message."""

    message = Id(required=True)


class BounceView(Schema):
    """What a bounce says of a recipient."""

    recipient = fields.Function(lambda bounce: next(iter(bounce.recipients), None))
    status = fields.String()
    reason = fields.String()


class ReadView(Schema):
    """A mail as a person reads it; the HTML is harmless."""

    date = Instant()
    author = fields.Nested(AddressView, data_key="from")
    to = fields.List(fields.Nested(AddressView))
    cc = fields.List(fields.Nested(AddressView))
    reply_to = fields.Function(lambda mail: AddressView().dump(mail.reply_to[0]) if mail.reply_to else None)
    subject = fields.String()
    text = fields.String()
    html = fields.Function(lambda mail: sanitise(mail.html) if mail.html else None)
    reply_text = fields.String()
    language = fields.String()
    headers = fields.Function(lambda mail: identifiers(mail))
    is_auto_reply = fields.Function(lambda mail: mail.auto_reply is not None)
    is_bounce = fields.Function(lambda mail: mail.bounce is not None)
    bounce = fields.Nested(BounceView)


class ParsedAttachmentView(Plain):
    """An attachment of a mail that was only read."""

    filename = fields.String()
    content_type = fields.String()
    size = fields.Integer()


class ParsedView(ReadView):
    """A mail that was only read."""

    attachments = fields.List(fields.Nested(ParsedAttachmentView))


class MessageView(ReadView):
    """A kept mail."""

    id = fields.String()
    ticket = fields.String()
    direction = fields.String()
    related_to = fields.String()
    matched_by = fields.String()
    flags = fields.List(fields.String())
    attachments = fields.List(fields.Nested(PartView))
    at = Instant()


def identifiers(mail: Message | ParsedMail) -> dict[str, Any]:
    """The identifying headers of a mail, as they are written."""
    return {
        "message_id": f"<{mail.message_id}>",
        "in_reply_to": next((f"<{each}>" for each in mail.in_reply_to), None),
        "references": [f"<{each}>" for each in mail.references],
    }
