"""Lists of tickets: the views and every condition that can be asked."""

from marshmallow import fields, validate

from services.chassis.schema import Id, Instant, PageRequest, Schema, Text
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.views import View
from services.tickets.domain.words import Channel, Resolution
from services.tickets.schemas.fields import AnyOf, Once, PriorityWord, Switch, TagName

SORTS = ("created_at", "updated_at", "priority", "-created_at", "-updated_at", "-priority")


class ListTickets(PageRequest):
    """A view, narrowed by conditions; a repeated one means any of its values."""

    view = fields.Enum(View, by_value=True, load_default=View.ALL)
    sort = fields.String(load_default="-created_at", validate=validate.OneOf(SORTS))
    id = AnyOf(Id())
    number = AnyOf(fields.Integer())
    desk = AnyOf(Id())
    group = AnyOf(Id())
    assignee = AnyOf(Id())
    assigned = Once(Switch())
    status = AnyOf(fields.Enum(Status, by_value=True))
    resolution = AnyOf(fields.Enum(Resolution, by_value=True))
    channel = AnyOf(fields.Enum(Channel, by_value=True))
    priority = AnyOf(PriorityWord())
    intake_type = AnyOf(Text(max=255))
    language = AnyOf(Text(max=35))
    tag = AnyOf(TagName())
    title = Once(Text(min=1, max=255))
    customer_id = AnyOf(Id())
    customer_number = AnyOf(fields.Integer())
    email = AnyOf(Text(min=1, max=998))
    created_from = Once(Instant())
    created_to = Once(Instant())


class CountViews(Schema):
    """Every view of the caller."""
