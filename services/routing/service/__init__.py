"""The front door of routing."""

from services.chassis.event_feed import EventFeed
from services.routing.service.decisions import Decisions
from services.routing.service.desks import Desks
from services.routing.service.groups import Groups
from services.routing.service.tasks import Tasks
from services.routing.service.triggers import Triggers


class RoutingService(Groups, Triggers, Decisions, Tasks, Desks, EventFeed):
    """Gets work to agents: what is decided about a ticket, and who is given it."""

    name = "routing"
