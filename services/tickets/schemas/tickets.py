"""Tickets as they enter and leave."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.schema import Id, Instant, Schema, Text, Whole
from services.tickets.domain.lifecycle import Move, Status
from services.tickets.domain.words import INTERNAL_REASONS, AssignedBy, Channel, Resolution
from services.tickets.schemas.fields import FieldValues, PriorityWord, Several, TagName, Title

LANGUAGE = validate.Regexp(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", error="It must be a language tag such as ja.")


class CustomerNamed(Schema):
    """A customer by id, or by an address that is recognised or makes a new customer."""

    id = Id()
    channel = fields.String(validate=validate.Length(min=1, max=64))
    address = Text(min=1, max=998)
    name = Text(max=255, allow_none=True)

    @validates_schema
    def one_way(self, values: dict[str, str], **_: object) -> None:
        if ("id" in values) == ("channel" in values and "address" in values):
            raise ValidationError("Give either id, or channel and address.")


class TicketChanges(Schema):
    """What PATCH and triggers may change."""

    title = Title()
    description = Text()
    priority = PriorityWord()
    language = fields.String(validate=LANGUAGE, allow_none=True)
    intake_type = Text(max=255, allow_none=True)
    customer_fields = FieldValues(allow_none=True)
    operator_fields = FieldValues(allow_none=True)
    tags = Several(TagName(), validate=validate.Length(max=100))


class CreateTicket(TicketChanges):
    """A new ticket (R43-R45)."""

    desk = Id(required=True)
    title = Title(required=True)
    description = Text(required=True, min=1)
    channel = fields.Enum(Channel, by_value=True, required=True)
    group = Id(allow_none=True)
    assignee = Id(allow_none=True)
    customer = fields.Nested(CustomerNamed, required=True)
    related_to = Id(allow_none=True)
    attachments = Several(Id(), validate=validate.Length(max=100))


class OneTicket(Schema):
    """A ticket by its id or its number."""

    id = Id(required=True)


class MoveTicket(OneTicket):
    """A ticket as its mover saw it."""

    if_version = Whole(load_default=None, allow_none=True)


class ChangeTicket(MoveTicket):
    """A merge patch of a ticket."""

    changes = fields.Nested(TicketChanges, required=True)


class KeepTicket(MoveTicket):
    """Take what is nobody's, for one of one's groups."""

    group = Id(load_default=None, allow_none=True)


class AssignTicket(MoveTicket):
    """Give it to a group, an agent, or both."""

    group = Id(load_default=None, allow_none=True)
    assignee = Id(load_default=None, allow_none=True)

    @validates_schema
    def somebody(self, values: dict[str, str], **_: object) -> None:
        if not values["group"] and not values["assignee"]:
            raise ValidationError("Give a group, an assignee, or both.")


class TransferTicket(MoveTicket):
    """Hand it on to a group, and maybe to one agent."""

    group = Id(required=True)
    assignee = Id(load_default=None, allow_none=True)
    note = Text(load_default="", allow_none=True)


class AcceptTicket(OneTicket):
    """An offer of routing that an agent accepted."""

    group = Id(required=True)
    agent = Id(required=True)


class ResolveTicket(MoveTicket):
    """End it without a mail to the customer."""

    reason = fields.Enum(Resolution, by_value=True, required=True, validate=validate.OneOf(INTERNAL_REASONS))
    of = Id(load_default=None, allow_none=True)
    note = Text(load_default="", allow_none=True)


class CheckReply(OneTicket):
    """Whether a mail may go out now, and solve or hold the ticket then."""

    then = fields.Enum(
        Move, by_value=True, load_default=None, allow_none=True, validate=validate.OneOf([Move.SOLVE, Move.HOLD])
    )


class CustomerOfTicket(Schema):
    """What is shown of a ticket's customer."""

    id = fields.String()
    number = fields.Integer()
    name = fields.String()
    email = fields.String()
    phone = fields.String()


class EscalationView(Schema):
    """One issue ticket that was made of it."""

    desk = fields.String()
    ticket = fields.String()
    status = fields.Enum(Status, by_value=True)


class TicketView(TicketChanges):
    """A ticket as it leaves."""

    id = fields.String()
    number = fields.Integer()
    desk = fields.String()
    status = fields.Enum(Status, by_value=True)
    resolution = fields.Enum(Resolution, by_value=True)
    channel = fields.Enum(Channel, by_value=True)
    group = fields.String()
    assignee = fields.String()
    assigned_by = fields.Enum(AssignedBy, by_value=True)
    customer = fields.Nested(CustomerOfTicket)
    attachments = fields.List(fields.String())
    related_to = fields.String()
    follows = fields.String()
    escalated_from = fields.String()
    escalations = fields.List(fields.Nested(EscalationView))
    merged_into = fields.String()
    deleted = Instant()
    opened_at = Instant()
    created_at = Instant()
    updated_at = Instant()
    solved_at = Instant()
    closed_at = Instant()
    version = fields.Integer()
