"""What enters routing, and what leaves it."""

from marshmallow import ValidationError, fields, validate

from services.chassis.schema import ChosenId, Flag, Id, Instant, PageRequest, Schema, Span, Text, Whole
from services.routing.domain.decision import Fate
from services.routing.domain.group import Distribution
from services.routing.domain.task import State
from services.routing.domain.trigger import Occasion

MOST_HELD = 1000
MOST_MEMBERS = 1000
HIGHEST_LEVEL = 100
LAST_POSITION = 1_000_000
LONGEST_SPAN_SECONDS = 3600


def _timeout(span):
    if not 1 <= span.total_seconds() <= LONGEST_SPAN_SECONDS:
        raise ValidationError("It must be between PT1S and PT1H.")


class One(Schema):
    """Something by its id."""

    id = Id(required=True)


class OneAsSeen(One):
    """Something by its id, and the version that its writer saw."""

    if_version = Whole(required=True)


class MoveTask(One):
    """A task, and maybe the version that its mover saw."""

    if_version = Whole(load_default=None, allow_none=True)


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


class GroupView(CreateGroup):
    """A group as it leaves."""

    id = fields.String()
    created_at = Instant()
    updated_at = Instant()
    version = fields.Integer()


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


class TriggerView(CreateTrigger):
    """A trigger as it leaves."""

    id = fields.String()
    created_at = Instant()
    updated_at = Instant()
    version = fields.Integer()


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
    outcome = fields.Enum(Fate, by_value=True, attribute="fate")


class ListQueue(PageRequest):
    """The waiting tasks of one group, or of all groups of the caller."""

    group = Id(load_default=None, allow_none=True)


class ListTasks(PageRequest):
    """The caller's own tasks: `mine` is a list of words with commas."""

    mine = fields.String(
        load_default="in_progress",
        validate=validate.Regexp(
            r"(offered|in_progress)(,(offered|in_progress))*\Z", error="offered, in_progress, or both."
        ),
    )


class TaskView(Schema):
    """A task as it leaves."""

    id = fields.String()
    ticket = fields.String()
    number = fields.Integer()
    activity = fields.String()
    desk = fields.String()
    group = fields.String()
    channel = fields.String()
    priority = fields.String()
    customer = fields.String()
    state = fields.Enum(State, by_value=True, attribute="shown_state")
    fence = fields.Integer()
    accepted_by = fields.String()
    accepted_at = Instant()
    queued_at = Instant()
    ended_at = Instant()
    version = fields.Integer()


class PreviewView(Schema):
    """All that an agent sees of a task before accepting it (R02)."""

    task = fields.Nested(TaskView)
    ticket = fields.Raw()
    customer = fields.Raw()
    activity = fields.Raw()
