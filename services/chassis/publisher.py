"""What every service offers about its own past: its event log, to other services and to the edge."""

from collections.abc import Sequence
from typing import Any, ClassVar

from marshmallow import fields, validate

from services.chassis.commands import query
from services.chassis.mongo import Document
from services.chassis.providers import Store
from services.chassis.replay import EventLog
from services.chassis.schema import Id, Schema, Whole
from services.chassis.settings import settings

Type = fields.String(validate=validate.Length(min=1, max=100))


class EventsAsked(Schema):
    """Which events, and from where."""

    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=100))
    subject = Id(load_default=None, allow_none=True)
    types = fields.List(Type, load_default=(), validate=validate.Length(max=200))
    limit = Whole(min=1, max=200, load_default=50)


class SubjectAsked(Schema):
    """The events of one subject behind a sequence."""

    subject = Id(required=True)
    after = Whole(min=0, load_default=0)


class Publisher:
    """A service that publishes events lets them be read again."""

    name: ClassVar[str]
    store: ClassVar[Store[Any]]

    @query(EventsAsked)
    def list_events(self, after: str | None, subject: str | None, types: Sequence[str], limit: int) -> Document:
        """A page of the log, in the order of its positions."""
        return log_of(self).events_after(after, types, subject, limit)

    @query(SubjectAsked)
    def events_of(self, subject: str, after: int) -> list[Document]:
        """The next events of a subject, for a consumer that misses one."""
        return log_of(self).events_of(subject, after)


def log_of(service: Any) -> EventLog:
    """The log of a running service."""
    return EventLog(service.store.database, installation=settings().installation, service=service.name)
