"""Drafts: what enters, and what leaves."""

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Flag, Id, Instant, PageRequest, Schema, Text
from services.mail.domain.drafts import DraftState, Kind, Then
from services.mail.schemas.shared import MEGABYTE, AddressView, ByVersion, Recipient, one_of


class CreateDraft(Schema):
    """A new draft; what it leaves out is computed from the mail that it answers."""

    ticket = Id(required=True)
    kind = fields.Enum(Kind, by_value=True, load_default=Kind.REPLY)
    in_reply_to = Id(load_default=None, allow_none=True)
    sender = fields.Nested(Recipient, data_key="from")
    to = fields.List(fields.Nested(Recipient), validate=validate.Length(max=100))
    cc = fields.List(fields.Nested(Recipient), validate=validate.Length(max=100))
    bcc = fields.List(fields.Nested(Recipient), validate=validate.Length(max=100))
    subject = Text(max=998)
    text = Text(max=MEGABYTE)
    html = Text(max=MEGABYTE, allow_none=True)
    note = Text(allow_none=True)


class DraftChanges(Schema):
    """What may be changed of a draft."""

    sender = fields.Nested(Recipient, data_key="from")
    to = fields.List(fields.Nested(Recipient), validate=validate.Length(max=100))
    cc = fields.List(fields.Nested(Recipient), validate=validate.Length(max=100))
    bcc = fields.List(fields.Nested(Recipient), validate=validate.Length(max=100))
    subject = Text(max=998)
    text = Text(max=MEGABYTE)
    html = Text(max=MEGABYTE, allow_none=True)
    note = Text(allow_none=True)
    based_on = Id(allow_none=True)


class ChangeDraft(ByVersion):
    """A change of a draft."""

    changes = fields.Nested(DraftChanges, required=True)


class ListDrafts(PageRequest):
    """Which drafts."""

    ticket = Text(max=64)
    state = fields.String(validate=one_of(DraftState))
    author = Text(max=255)


class SendDraft(ByVersion):
    """Let a draft leave."""

    ticket = Id(load_default=None)
    override = Flag(load_default=False)
    then = fields.Enum(Then, by_value=True, load_default=None, allow_none=True)


class DraftView(Schema):
    """A draft."""

    id = fields.String()
    message = fields.String()
    ticket = fields.String()
    desk = fields.String()
    author = fields.String()
    kind = fields.String()
    in_reply_to = fields.String()
    sender = fields.Nested(AddressView, data_key="from")
    to = fields.List(fields.Nested(AddressView))
    cc = fields.List(fields.Nested(AddressView))
    bcc = fields.List(fields.Nested(AddressView))
    subject = fields.String()
    text = fields.String()
    html = fields.String()
    note = fields.String()
    state = fields.String()
    based_on = fields.String()
    updated_at = Instant()
    version = fields.Integer()


def as_draft(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a draft in the domain's types."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
