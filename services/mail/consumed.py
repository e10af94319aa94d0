"""What mail reads of the events of others."""

from marshmallow import EXCLUDE, Schema, fields


class Reading(Schema):
    """Only what is used; everything else may change."""

    class Meta:
        unknown = EXCLUDE


class StoredInbound(Reading):
    """Of `inbound.stored`."""

    inbound = fields.String(required=True)


class RecordedActivity(Reading):
    """Of `activity.recorded`."""

    ticket = fields.String(required=True)
    message = fields.String(load_default=None, allow_none=True)
    direction = fields.String(required=True)
    placed = fields.String(load_default=None, allow_none=True)


class KnownDesk(Reading):
    """Of `desk.created`, `desk.updated` and `desk.deleted`, whose addresses are free again."""

    desk = fields.String(required=True)
    name = fields.String(load_default="")
    addresses = fields.List(fields.String(), load_default=list)
