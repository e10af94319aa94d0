"""A service that hears counters in the three orders, and writes down what it did."""

from time import sleep

from marshmallow import Schema, fields

from services.chassis.clock import now
from services.chassis.commands import command
from services.chassis.errors import Conflict, Unavailable
from services.chassis.follow_ups import followed
from services.chassis.providers import Store
from services.chassis.schema import Id
from services.chassis.schema import Schema as Request
from services.chassis.store import Repository, Table
from services.chassis.subscriptions import EACH, LATEST, STRICT, subscribe
from services.chassis.timers import timer


class CounterRaised(Schema):
    """What it reads of a counter."""

    counter = fields.String(required=True)
    value = fields.Integer(required=True)


class Greet(Request):
    """Whom to greet."""

    name = Id(required=True)


class ListenerStore(Repository):
    """What was heard: a row an event, a row a counter, and a row a counter with every value in the order it came."""

    each = Table("each")
    latest = Table("latest")
    strict = Table("strict")
    rung = Table("rung")
    doors = Table("doors")
    greetings = Table("greetings")


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

    @subscribe("counters", "counter.held")
    def wait_for_the_door(self, held):
        knock = {"$set": {"somebody": "waits"}}
        self.store.doors.collection.update_one({"_id": f"before {held.counter}"}, knock, upsert=True)
        while self.store.peek.doors.get(held.counter) is None:
            sleep(0.02)
        self.store.each.insert({"_id": held.event.id, "counter": held.counter})

    @subscribe("counters", "counter.lent")
    def need_the_door(self, lent):
        if self.store.peek.doors.get(lent.counter) is None:
            raise Unavailable("The door is shut.")
        self.store.each.insert({"_id": lent.event.id, "counter": lent.counter})

    @subscribe("counters", "counter.wound")
    def wind_up(self, wound):
        self.store.set_timer("ring", wound.counter, now(), times=1)

    @timer("ring")
    def ring(self, key, times):
        self.store.rung.insert({"_id": f"{key} {times}"})
        if times < 3:
            self.store.set_timer("ring", key, now(), times=times + 1)

    @subscribe("counters", "counter.met")
    def owe_a_greeting(self, met):
        args = {"name": met.counter}
        self.store.follow_up("greet", met.counter, service="listener", command="greet", args=args)

    @command(Greet)
    def greet(self, name):
        if name == "nobody":
            raise Conflict("There is nobody.")
        self.store.greetings.insert({"_id": f"to {name}"})
        return f"Hello {name}."

    @followed("greet")
    def note_greeting(self, key, result, error=None, **_):
        self.store.greetings.insert({"_id": key, "word": result or error.detail})
