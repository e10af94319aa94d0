"""What enters presence, and what leaves it."""

from marshmallow import fields, validate

from services.chassis.schema import Id, Instant, Schema, Span, Text, Whole
from services.presence.domain.agent import State
from services.presence.domain.viewers import Activity

LOCALE = validate.Regexp(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", error="It must be a language tag such as ja.")

WEB = {"http", "https"}


class One(Schema):
    """Something by its id."""

    id = Id(required=True)


class Nothing(Schema):
    """A request that says all by its name."""


class SeeAgent(One):
    """Somebody came with a valid token."""

    name = Text(max=255, load_default=None, allow_none=True)


class PutAgent(One):
    """An entry of the directory as it shall be; `if_version` where it is there already."""

    name = Text(min=1, max=255, required=True)
    email = Text(max=320, load_default=None, allow_none=True)
    avatar_url = fields.Url(
        schemes={"http", "https"}, load_default=None, allow_none=True, validate=validate.Length(max=2000)
    )
    locale = fields.String(load_default=None, allow_none=True, validate=LOCALE)
    if_version = Whole(load_default=None, allow_none=True)


class SetState(Schema):
    """What the agent chooses to be."""

    state = fields.Enum(State, by_value=True, required=True)
    reason = Text(max=255, load_default=None, allow_none=True)


class AgentView(Schema):
    """An agent as everybody sees them."""

    id = fields.String()
    name = fields.String()
    email = fields.String()
    avatar_url = fields.String()
    locale = fields.String()
    state = fields.Enum(State, by_value=True)
    reason = fields.String()
    since = Instant()
    connected = fields.Boolean()
    version = fields.Integer()


class SessionView(Schema):
    """A session and how long it lives without being renewed."""

    id = fields.String()
    lease = Span()


class OneTicket(Schema):
    """A ticket by its id."""

    ticket = Id(required=True)


class EnterTicket(OneTicket):
    """An agent is at a ticket in one session, and does this."""

    session = Id(required=True)
    activity = fields.Enum(Activity, by_value=True, load_default=Activity.VIEWING)


class LeaveTicket(OneTicket):
    """An agent goes, in one session or in all."""

    session = Id(load_default=None, allow_none=True)


class ActiveView(Schema):
    """Somebody who is there."""

    agent = fields.String()
    name = fields.String()
    activity = fields.Enum(Activity, by_value=True)
    since = Instant()


class InactiveView(Schema):
    """Somebody who was there."""

    agent = fields.String()
    name = fields.String()
    left_at = Instant()


class MonitorView(Schema):
    """Everybody who is or was at a ticket."""

    active = fields.List(fields.Nested(ActiveView))
    inactive = fields.List(fields.Nested(InactiveView))


class EditorsView(Schema):
    """Who edits a reply now."""

    editors = fields.List(fields.Nested(ActiveView(only=("agent", "name", "since"))))
