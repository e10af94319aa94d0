"""Decisions as they leave."""

from marshmallow import fields

from services.chassis.schema import Id, Instant, PageRequest, Schema


class OfTicket(PageRequest):
    """What belongs to one ticket."""

    ticket = Id(required=True)


class FailureView(Schema):
    """A comparison that failed, with what was found."""

    field = fields.String()
    op = fields.String()
    value = fields.Raw()
    actual = fields.Raw()
    negated = fields.Boolean()


class VerdictView(Schema):
    """What became of one trigger."""

    trigger = fields.String()
    name = fields.String()
    matched = fields.Boolean()
    failed = fields.List(fields.Nested(FailureView))


class SawView(Schema):
    """What the decision rested on."""

    group = fields.String()
    assignee = fields.String()
    status = fields.String()


class DecisionView(Schema):
    """Why a ticket was routed as it was."""

    id = fields.String()
    ticket = fields.String()
    desk = fields.String()
    on = fields.String(attribute="occasion")
    event = fields.String()
    at = Instant()
    trigger_set = fields.Integer()
    saw = fields.Nested(SawView)
    matched = fields.List(fields.String())
    explain = fields.List(fields.Nested(VerdictView), attribute="verdicts")
    actions = fields.List(fields.Dict())
    stopped_by = fields.String()
    refused = fields.String()
    retries = fields.String()
    outcome = fields.String(attribute="fate")
