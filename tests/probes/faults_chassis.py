"""The service of the fault tests, on the chassis."""

import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from marshmallow import Schema as Reading
from marshmallow import fields

from services.chassis import context
from services.chassis.clock import now
from services.chassis.commands import command, query
from services.chassis.context import using
from services.chassis.errors import Unavailable
from services.chassis.providers import Rpc, Store
from services.chassis.schema import Schema
from services.chassis.store import Repository
from services.chassis.subscriptions import subscribe
from services.chassis.timers import timer
from tests.probes.trace import Trace

PATIENCE_SECONDS = 1.0
INSTANTS = 4


class Work(Schema):
    """How long to work, and where to write it down."""

    lasting = fields.Float(load_default=0.0)
    trace = fields.String(required=True)


class Happening(Reading):
    """What happened, and whether it should go wrong: never, once, or always."""

    trace = fields.String(required=True)
    name = fields.String(required=True)
    wrong = fields.String(load_default="never")


class FaultyService:
    """Does what the tests of nameko's faults need."""

    name = "faulty"

    store = Store(Repository)
    other = Rpc("other")

    @query(Work)
    def work(self, lasting: float, trace: str) -> None:
        Trace(trace).write("began")
        time.sleep(lasting)
        Trace(trace).write("ended")

    @query(Work)
    def ask_other(self, lasting: float, trace: str) -> None:
        self._ask_other()
        Trace(trace).write("gave up")

    @query(Work)
    def tell_other(self, lasting: float, trace: str) -> None:
        self._ask_other()

    @query(Work)
    def ask_other_twice(self, lasting: float, trace: str) -> None:
        Trace(trace).write("waits")
        while not Trace(trace).count("go"):
            time.sleep(0.05)
        for _ in range(2):
            self._ask_other()
            Trace(trace).write("gave up")

    @query(Work)
    def leave_nothing(self, lasting: float, trace: str) -> None:
        self._ask_other()
        Trace(trace).write(f"left {len(self.other._calls.client._pending)}")

    @command(Work)
    def wind_up(self, lasting: float, trace: str) -> None:
        for instant in range(INSTANTS):
            self.store.set_timer("ring", str(instant), now(), trace=trace)

    @timer("ring")
    def ring(self, key: str, trace: str) -> None:
        Trace(trace).write(f"rang {key}")

    @subscribe("source", "thing.happened", reads=Happening)
    def hear(self, happening: Any) -> None:
        heard = Trace(happening.trace)
        heard.write(f"tried {happening.name}")
        if happening.wrong == "always" or (happening.wrong == "once" and heard.count(f"tried {happening.name}") == 1):
            raise ValueError("It went wrong.")
        heard.write(f"heard {happening.name}")

    def _ask_other(self) -> None:
        call = context.current()
        with using(replace(call, deadline=time.time() + PATIENCE_SECONDS)), suppress(Unavailable):
            self.other.hear()
