"""The front door of presence."""

from services.chassis.event_feed import EventFeed
from services.presence.service.agents import Agents
from services.presence.service.sessions import Sessions
from services.presence.service.viewers import Viewers


class PresenceService(Agents, Sessions, Viewers, EventFeed):
    """Knows who is there, ready or not, and who looks at what."""

    name = "presence"
