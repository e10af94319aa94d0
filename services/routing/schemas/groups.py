"""Groups as they enter and leave."""

from datetime import timedelta

from marshmallow import ValidationError, fields, validate

from services.chassis.schema import ChosenId, Id, Instant, Schema, Span, Text, Whole
from services.routing.domain.group import Distribution
from services.routing.schemas.things import OneAsSeen

MOST_HELD = 1000
MOST_MEMBERS = 1000
HIGHEST_LEVEL = 100
LONGEST_SPAN_SECONDS = 3600


def _timeout(span: timedelta) -> None:
    if not 1 <= span.total_seconds() <= LONGEST_SPAN_SECONDS:
        raise ValidationError("It must be between PT1S and PT1H.")


class MemberSchema(Schema):
    """An agent in a group."""

    agent = Id(required=True)
    skills = fields.Dict(
        keys=Text(min=1, max=64),
        values=Whole(min=0, max=HIGHEST_LEVEL),
        load_default=dict,
        validate=validate.Length(max=100),
    )


class CapacitySchema(Schema):
    """How much of each channel a member holds at once."""

    phone = Whole(min=0, max=MOST_HELD)
    chat = Whole(min=0, max=MOST_HELD)
    sms = Whole(min=0, max=MOST_HELD)
    mail = Whole(min=0, max=MOST_HELD)


class GroupChanges(Schema):
    """What PATCH may change of a group; its desk stays."""

    name = Text(min=1, max=255)
    members = fields.List(fields.Nested(MemberSchema), validate=validate.Length(max=MOST_MEMBERS))
    distribution = fields.Enum(Distribution, by_value=True)
    offer_timeout = Span(validate=_timeout)
    capacity = fields.Nested(CapacitySchema)


class CreateGroup(GroupChanges):
    """A new group."""

    id = ChosenId()
    name = Text(min=1, max=255, required=True)
    desk = Id(required=True)


class ChangeGroup(OneAsSeen):
    """A merge patch of a group."""

    changes = fields.Nested(GroupChanges, required=True)


class GroupView(GroupChanges):
    """A group as it leaves."""

    id = fields.String()
    desk = fields.String()
    created_at = Instant()
    updated_at = Instant()
    version = fields.Integer()
