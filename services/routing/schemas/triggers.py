"""Triggers as they enter and leave."""

from marshmallow import fields, validate

from services.chassis.schema import ChosenId, Flag, Id, Instant, Schema, Text, Whole
from services.routing.domain.trigger import Occasion
from services.routing.schemas.things import OneAsSeen

LAST_POSITION = 1_000_000


class TriggerChanges(Schema):
    """What PATCH may change of a trigger; conditions and actions are checked by the domain."""

    name = Text(min=1, max=255)
    desk = Id(allow_none=True)
    on = fields.List(fields.Enum(Occasion, by_value=True), validate=validate.Length(min=1, max=len(Occasion)))
    position = Whole(min=0, max=LAST_POSITION)
    active = Flag()
    stop = Flag()
    when = fields.Raw()
    then = fields.Raw()


class CreateTrigger(TriggerChanges):
    """A new trigger."""

    id = ChosenId()
    name = Text(min=1, max=255, required=True)
    on = fields.List(
        fields.Enum(Occasion, by_value=True), required=True, validate=validate.Length(min=1, max=len(Occasion))
    )
    position = Whole(min=0, max=LAST_POSITION, load_default=0)
    when = fields.Raw(required=True)
    then = fields.Raw(required=True)


class ChangeTrigger(OneAsSeen):
    """A merge patch of a trigger; `when` and `then` are replaced as a whole."""

    changes = fields.Nested(TriggerChanges, required=True)


class TriggerView(TriggerChanges):
    """A trigger as it leaves."""

    id = fields.String()
    created_at = Instant()
    updated_at = Instant()
    version = fields.Integer()
