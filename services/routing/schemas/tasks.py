"""Tasks as they are asked for and leave."""

from marshmallow import fields, validate

from services.chassis.schema import Id, Instant, PageRequest, Schema, Whole
from services.routing.domain.task import State
from services.routing.schemas.things import One


class MoveTask(One):
    """A task, and maybe the version that its mover saw."""

    if_version = Whole(load_default=None, allow_none=True)


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
