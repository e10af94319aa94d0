"""What every service offers of its event log: `class TicketsService(EventFeed, ...)`."""

from typing import Any

from marshmallow import fields, validate
from nameko.extensions import DependencyProvider

from services.chassis.commands import query
from services.chassis.own_database import OwnDatabase
from services.chassis.replay import EventLog
from services.chassis.schema import Id, Schema, Text, Whole
from services.chassis.settings import settings


class ListEvents(Schema):
    """Which events: those behind a position, of these types, of one subject."""

    after = fields.String(load_default=None, validate=validate.Length(max=64))
    types = fields.List(Text(max=64), load_default=(), validate=validate.Length(max=50))
    subject = Id(load_default=None)
    limit = Whole(min=1, max=200, load_default=50)


class EventsOf(Schema):
    """The events of a subject behind one of its sequences."""

    subject = Id(required=True)
    after = Whole(min=0, load_default=0)


class Log(DependencyProvider):
    """The service's own event log, to be read."""

    own = OwnDatabase()

    def get_dependency(self, worker_ctx: Any) -> EventLog:
        """The log, whoever asks."""
        return EventLog(self.own.database, installation=settings().installation, service=self.container.service_name)


class EventFeed:
    """What a service published, read back by whoever has no bus or missed something."""

    log: Any = Log()

    @query(ListEvents)
    def list_events(self, after: str | None, types: list[str], subject: str | None, limit: int) -> Any:
        """CloudEvents in their order, as `{"items", "next"}`."""
        return self.log.events_after(after, types, subject, limit)

    @query(EventsOf)
    def events_of(self, subject: str, after: int) -> Any:
        """The CloudEvents of one subject, in order."""
        return self.log.events_of(subject, after)
