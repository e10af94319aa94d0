"""A service that hears counters in the three orders, and writes down what it did."""

from marshmallow import Schema, fields

from services.chassis.clock import now
from services.chassis.errors import Conflict
from services.chassis.providers import Store
from services.chassis.store import Repository, Table
from services.chassis.subscriptions import EACH, LATEST, STRICT, subscribe
from services.chassis.timers import timer


class CounterRaised(Schema):
    """What it reads of a counter."""

    counter = fields.String(required=True)
    value = fields.Integer(required=True)


class ListenerStore(Repository):
    """What was heard: a row an event, a row a counter, and a row a counter with every value in the order it came."""

    each = Table("each")
    latest = Table("latest")
    strict = Table("strict")
    rung = Table("rung")


class ListenerService:
    """Listens."""

    name = "listener"

    store = Store(ListenerStore)

    @subscribe("counters", "counter.raised", reads=CounterRaised, order=EACH)
    def write_each(self, raised):
        if raised.value < 0:
            raise Conflict(f"{raised.value} is no value.")
        self.store.each.insert({"_id": raised.event.id, "counter": raised.counter, "value": raised.value})

    @subscribe("counters", "counter.raised", reads=CounterRaised, order=LATEST)
    def write_latest(self, raised):
        self.store.latest.put(raised.counter, {"value": raised.value, "sequence": raised.event.sequence})

    @subscribe("counters", "counter.raised", reads=CounterRaised, order=STRICT)
    def write_strict(self, raised):
        self.store.strict.update({"_id": raised.counter}, {"$push": {"values": raised.value}}, upsert=True)

    @subscribe("counters", "counter.wound")
    def wind_up(self, wound):
        self.store.set_timer("ring", wound.counter, now(), times=1)

    @timer("ring")
    def ring(self, key, times):
        self.store.rung.insert({"_id": f"{key} {times}"})
        if times < 3:
            self.store.set_timer("ring", key, now(), times=times + 1)
