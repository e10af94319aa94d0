"""Activities, history and inquiries as they enter and leave."""

from marshmallow import fields, validate

from services.chassis.schema import Flag, Id, Instant, PageRequest, Schema, Text, Whole
from services.tickets.domain.activity import ActivityKind, Direction
from services.tickets.domain.words import Channel
from services.tickets.schemas.fields import Several, TagName

COMMENT_LENGTH = 2**20


class OfOneTicket(PageRequest):
    """What belongs to one ticket."""

    ticket = Id(required=True)


class OneActivity(Schema):
    """An activity by its id."""

    id = Id(required=True)


class AddComment(Schema):
    """A comment that leaves the customer unmailed (R64)."""

    ticket = Id(required=True)
    text = Text(required=True, min=1, max=COMMENT_LENGTH)
    attachments = Several(Id(), validate=validate.Length(max=100), load_default=())


class ActivityChanges(Schema):
    """What may change of an activity."""

    text = Text(min=1, max=COMMENT_LENGTH)
    tags = Several(TagName(), validate=validate.Length(max=100))
    disposition = Text(max=255, allow_none=True)
    note = Text()
    done = Flag()


class ChangeActivity(Schema):
    """A merge patch of an activity."""

    id = Id(required=True)
    if_version = Whole(load_default=None, allow_none=True)
    changes = fields.Nested(ActivityChanges, required=True)


class AuthorView(Schema):
    """Who made it."""

    kind = fields.String()
    id = fields.String()
    name = fields.String()


class ActivityView(ActivityChanges):
    """An activity as it leaves."""

    id = fields.String()
    ticket = fields.String()
    conversation = fields.String()
    channel = fields.Enum(Channel, by_value=True)
    direction = fields.Enum(Direction, by_value=True)
    kind = fields.Enum(ActivityKind, by_value=True)
    author = fields.Nested(AuthorView)
    message = fields.String()
    attachments = fields.List(fields.String())
    at = Instant()
    version = fields.Integer()


class HistoryView(Schema):
    """One event of a ticket, as the events tab shows it (R52, R54)."""

    sequence = fields.Integer()
    type = fields.String()
    time = Instant()
    actor = fields.Nested(AuthorView)
    data = fields.Dict()
