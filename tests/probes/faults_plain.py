"""The service of the fault tests, as one writes it with nameko alone."""

import time
from collections.abc import Iterator
from contextlib import suppress
from os import environ
from typing import Any

import eventlet
from nameko.events import EventDispatcher, event_handler
from nameko.rpc import ServiceRpc, rpc
from nameko.timer import timer
from nameko.web.handlers import http
from werkzeug.wrappers import Response

from services.chassis.streaming import immediately
from tests.probes.trace import Trace

PATIENCE_SECONDS = 1.0


class FaultyService:
    """Does what the tests of nameko's faults need."""

    name = "faulty"

    other = ServiceRpc("other")

    @rpc
    def work(self, trace: str, lasting: float = 0.0) -> None:
        Trace(trace).write("began")
        time.sleep(lasting)
        Trace(trace).write("ended")

    @rpc
    def tell_other(self, trace: str) -> None:
        self.other.hear.call_async()

    @rpc
    def ask_other_twice(self, trace: str) -> None:
        Trace(trace).write("waits")
        while not Trace(trace).count("go"):
            time.sleep(0.05)
        for _ in range(2):
            with suppress(eventlet.Timeout), eventlet.Timeout(PATIENCE_SECONDS):
                self.other.hear()
            Trace(trace).write("gave up")

    @rpc
    def ask_other(self, trace: str) -> None:
        self.other.hear()
        Trace(trace).write("gave up")

    @rpc
    def leave_nothing(self, trace: str) -> None:
        with suppress(eventlet.Timeout), eventlet.Timeout(PATIENCE_SECONDS):
            self.other.hear()
        listener = self.other.register_for_reply.__self__
        Trace(trace).write(f"left {len(listener.pending)}")

    @event_handler("source", "thing.happened")
    def hear(self, happening: dict[str, Any]) -> None:
        heard = Trace(happening["trace"])
        name, wrong = happening["name"], happening.get("wrong", "never")
        heard.write(f"tried {name}")
        if wrong == "always" or (wrong == "once" and heard.count(f"tried {name}") == 1):
            raise ValueError("It went wrong.")
        heard.write(f"heard {name}")


class AnnouncingService:
    """Works, and could announce what it did."""

    name = "faulty"

    dispatch = EventDispatcher()

    @rpc
    def work(self, trace: str, lasting: float = 0.0) -> None:
        Trace(trace).write("ended")


class RequeueingService:
    """Hears as above, and lets nameko put back what went wrong."""

    name = "faulty"

    @event_handler("source", "thing.happened", requeue_on_error=True)
    def hear(self, happening: dict[str, Any]) -> None:
        Trace(happening["trace"]).write(f"tried {happening['name']}")
        if happening.get("wrong") == "always":
            raise ValueError("It went wrong.")
        Trace(happening["trace"]).write(f"heard {happening['name']}")


class RingingService:
    """Rings every second."""

    name = "faulty"

    @timer(interval=1)
    def ring(self) -> None:
        Trace(environ["TRACE"]).write(f"rang {int(time.time())}")


class WebService:
    """Answers over HTTP."""

    name = "faulty"

    @http("GET", "/")
    def answer(self, request: Any) -> str:
        return "here"


class StreamingService:
    """Says a word, and then nothing for long."""

    name = "faulty"

    @http("GET", "/")
    def stream(self, request: Any) -> Response:
        return Response(a_word())


class ImmediateService:
    """The same, as the gateway does it with the chassis's help."""

    name = "faulty"

    @http("GET", "/")
    def stream(self, request: Any) -> Response:
        immediately(request.environ)
        return Response(a_word())


def a_word() -> Iterator[bytes]:
    """A word, and a long silence."""
    yield b"now\n"
    time.sleep(60)
