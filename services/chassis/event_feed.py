"""What every service offers of its event log: `class TicketsService(EventFeed, ...)`."""

from typing import Any

from marshmallow import fields, validate
from nameko.extensions import DependencyProvider

from services.chassis.commands import command, query
from services.chassis.context import current
from services.chassis.errors import Forbidden
from services.chassis.events import SCHEMA_MAJOR, schema_of_type
from services.chassis.ids import new_id
from services.chassis.own_database import OwnDatabase
from services.chassis.replay import REPLAYS, EventLog
from services.chassis.schema import Id, Schema, Text, Whole
from services.chassis.settings import settings


class ListEvents(Schema):
    """Which events: those behind a position, of these types, of one subject."""

    after = fields.String(load_default=None, validate=validate.Length(max=64))
    types = fields.List(Text(max=64), load_default=(), validate=validate.Length(max=50))
    subject = Id(load_default=None)
    limit = Whole(min=1, max=200, load_default=50)


class EventsOf(Schema):
    """The events of a subject behind one of its sequences; `family` is the first word of the types."""

    subject = Id(required=True)
    family = Text(max=64, required=True)
    after = Whole(min=0, load_default=0)


class ReplayEvents(Schema):
    """Which stored events to send again, and to which queue; from the first to the last if no bounds are named."""

    queue = Text(required=True, min=1, max=255)
    after = fields.String(load_default=None, allow_none=True, data_key="from", validate=validate.Length(max=64))
    until = fields.String(load_default=None, allow_none=True, data_key="to", validate=validate.Length(max=64))
    types = fields.List(Text(max=64), load_default=(), validate=validate.Length(max=50))


class EventSchemaOf(Schema):
    """A type of event, and the major version of its schema."""

    type = Text(required=True, min=1, max=64)
    major = fields.Integer(load_default=SCHEMA_MAJOR)


class Log(DependencyProvider):
    """The service's own event log, to be read."""

    own = OwnDatabase()

    def get_dependency(self, worker_ctx: Any) -> EventLog:
        """The log, whoever asks."""
        return EventLog(self.own.database, installation=settings().installation, service=self.container.service_name)


class EventFeed:
    """What a service published, read back by whoever has no bus or missed something."""

    log: Any = Log()
    store: Any

    @query(ListEvents)
    def list_events(self, after: str | None, types: list[str], subject: str | None, limit: int) -> Any:
        """CloudEvents in their order, as `{"items", "next"}`."""
        return self.log.events_after(after, types, subject, limit)

    @query(EventsOf)
    def events_of(self, subject: str, family: str, after: int) -> Any:
        """The CloudEvents of one aggregate, in order."""
        return self.log.events_of(subject, family, after)

    @query(EventSchemaOf)
    def get_event_schema(self, type: str, major: int) -> Any:
        """The JSON Schema of the `data` of one type. Raises NotFound."""
        return schema_of_type(type, major)

    @command(ReplayEvents)
    def replay_events(self, queue: str, after: str | None, until: str | None, types: list[str]) -> Any:
        """Let the relay send stored events to one queue again. Raises Forbidden."""
        if not current().actor.has("admin"):
            raise Forbidden("Only an admin may have events sent again.")
        row = self.log.replay(new_id(), queue, after=after, until=until, types=types)
        self.store.rows(REPLAYS).insert(row)
        return {"id": row["_id"], "queue": queue, "state": row["state"]}
