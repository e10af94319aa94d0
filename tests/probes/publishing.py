"""A service that has a log and offers nothing but its past."""

from services.chassis.event_feed import EventFeed
from services.chassis.providers import Store
from tests.probes.counters import CounterStore


class ProbeService(EventFeed):
    """Stands for any service that publishes."""

    name = "probe"

    store = Store(CounterStore)
