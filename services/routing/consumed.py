"""What routing reads of the events of others: only the fields that it uses."""

from marshmallow import EXCLUDE, Schema, fields


class Tolerant(Schema):
    """Everything that is not read may change."""

    class Meta:
        unknown = EXCLUDE


class DeskHeard(Tolerant):
    """Of `desk.created`, `desk.updated` and `desk.deleted`."""

    desk = fields.String(required=True)


class TicketHeard(Tolerant):
    """Of every event of a ticket: the small snapshot, and what triggers compare where the event tells it."""

    ticket = fields.String(required=True)
    number = fields.Integer(required=True)
    desk = fields.String(required=True)
    group = fields.String(required=True, allow_none=True)
    assignee = fields.String(required=True, allow_none=True)
    assigned_by = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    channel = fields.String(required=True)
    customer = fields.String(required=True, allow_none=True)
    changed = fields.Dict(load_default=dict)
    personal = fields.Dict(load_default=dict)

    priority = fields.String()
    language = fields.String(allow_none=True)
    intake_type = fields.String(allow_none=True)
    resolution = fields.String(allow_none=True)
    tags = fields.List(fields.String())
    related_to = fields.String(allow_none=True)
    follows = fields.String(allow_none=True)
    escalated_from = fields.String(allow_none=True)
    opened_at = fields.String()


class OccasionHeard(TicketHeard):
    """Of the events on which triggers are evaluated: `message` is the mail behind an activity."""

    message = fields.String(allow_none=True)


class ActivityHeard(Tolerant):
    """Of `activity.recorded`."""

    ticket = fields.String(required=True)
    activity = fields.String(required=True)
    direction = fields.String(required=True)


class TicketDecided(Tolerant):
    """Of `ticket.decided`."""

    ticket = fields.String(required=True)
    decision = fields.String(required=True)
    outcome = fields.String(required=True)
