"""Desks as they enter and leave."""

from typing import Any

from marshmallow import fields, post_load, validate

from services.chassis.schema import ChosenId, Flag, Id, PageRequest, Schema, Span, Text, Whole
from services.tickets.domain.desk import Attach, DeskKind, FieldDefinition, FieldType, ReplyAfterClose, ReviewMode
from services.tickets.schemas.fields import Several

FORWARD_KINDS = ("inline", "attachment")
MOST = validate.Length(max=200)


class FieldDefinitionSchema(Schema):
    """One configured field."""

    key = Text(required=True, min=1, max=64)
    label = Text(required=True, min=1, max=255)
    type = fields.Enum(FieldType, by_value=True)
    options = Several(Text(min=1, max=255), validate=MOST)
    required = Flag()

    @post_load
    def define(self, values: dict[str, Any], **_: Any) -> FieldDefinition:
        return FieldDefinition(**values)


class AlwaysReviewedSchema(Schema):
    """Whose mails are reviewed whatever the mode."""

    agents = Several(Id(), validate=MOST)
    customers = Several(Id(), validate=MOST)
    prohibited = Flag()


class ReviewSchema(Schema):
    """Which mails a lead sees first."""

    mode = fields.Enum(ReviewMode, by_value=True)
    sample = fields.Float(validate=validate.Range(0, 1))
    always = fields.Nested(AlwaysReviewedSchema, allow_none=True)


class ForwardSchema(Schema):
    """How mails may be forwarded."""

    kinds = Several(fields.String(validate=validate.OneOf(FORWARD_KINDS)))
    cc = Flag()
    many = Flag()
    from_history = Flag()


class DeskFields(Schema):
    """What a desk may be given; null puts a policy back to what it is by default."""

    name = Text(required=True, min=1, max=255)
    kind = fields.Enum(DeskKind, by_value=True)
    intake_types = Several(Text(min=1, max=255), validate=MOST)
    customer_fields = Several(fields.Nested(FieldDefinitionSchema), validate=MOST)
    operator_fields = Several(fields.Nested(FieldDefinitionSchema), validate=MOST)
    attach = fields.Enum(Attach, by_value=True)
    auto_close_after = Span(allow_none=True)
    reply_after_close = fields.Enum(ReplyAfterClose, by_value=True)
    addresses = Several(fields.Email(), validate=MOST)
    customer_tab = Flag()
    collision = Flag()
    review = fields.Nested(ReviewSchema, allow_none=True)
    forward = fields.Nested(ForwardSchema, allow_none=True)
    dispositions = Several(Text(min=1, max=255), validate=MOST)
    calendar = Id(allow_none=True)


class CreateDesk(DeskFields):
    """A new desk; its id may be chosen."""

    id = ChosenId()


class ChangeDesk(Schema):
    """A merge patch of a desk."""

    id = Id(required=True)
    if_version = Whole(load_default=None, allow_none=True)
    changes = fields.Nested(DeskFields(partial=True), required=True)


class OneDesk(Schema):
    """A desk by its id."""

    id = Id(required=True)


class DeleteDesk(OneDesk):
    """A desk by its id, as its deleter saw it."""

    if_version = Whole(load_default=None, allow_none=True)


class ListDesks(PageRequest):
    """All desks."""


class DeskOfAddress(Schema):
    """A mail address."""

    address = Text(required=True, min=1, max=998)


class DeskView(DeskFields):
    """A desk as it leaves."""

    id = fields.String()
    version = fields.Integer()
