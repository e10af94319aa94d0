"""A service of counters: what is commanded is written in its log, and its log is told."""

from services.chassis.commands import command
from services.chassis.event_feed import EventFeed
from services.chassis.providers import Store
from services.chassis.schema import Id, Schema
from tests.probes.counters import CounterStore


class OneCounter(Schema):
    """Which counter."""

    id = Id(required=True)


class CountersService(EventFeed):
    """Counts."""

    name = "counters"

    store = Store(CounterStore)

    @command(OneCounter)
    def open_counter(self, id):
        return self.store.open(id).value

    @command(OneCounter)
    def raise_counter(self, id):
        return self.store.bump(id).value
