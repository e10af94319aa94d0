"""One service in two houses: on the chassis, and on nameko alone; tests ask both the same, by raw messages."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import amqp
from amqp.exceptions import NotFound

from services.chassis.amqp.uri import connection_arguments
from services.chassis.settings import Settings
from tests.probes.trace import Trace
from tests.waiting import Seen, eventually

EVENTS = "source.events"
EVENT = "thing.happened"


class Running(Protocol):
    """A process of either house."""

    process: subprocess.Popen[bytes]

    def end(self) -> None:
        """End it at once."""


class House:
    """A service called `faulty` and the queues that it has; `trace` tells what it did."""

    requests: str
    events: str

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.trace = Trace(folder / "trace")
        self._folder = folder
        self._processes: list[Running] = []

    def start(self, variant: str = "", **settings: Any) -> Running:
        """A replica, which ends with the house."""
        process = self._start(self._folder / f"{len(self._processes)}.log", variant, **settings)
        self._processes.append(process)
        return process

    def start_consuming(self, queue: str = "", **settings: Any) -> Running:
        """A replica that takes from its queue already."""
        queue = queue or self.requests
        before = self.consumers(queue)
        process = self.start(**settings)
        given(lambda: self.consumers(queue) > before)
        return process

    def announce(self, name: str) -> None:
        """Let the service `probe` say that something happened, if it can."""
        raise NotImplementedError

    def end(self) -> None:
        """End all replicas at once."""
        for process in self._processes:
            process.end()

    @contextmanager
    def channel(self) -> Iterator[Any]:
        """A channel of one's own."""
        with amqp.Connection(**connection_arguments(self.settings.amqp_uri, "test")) as connection:
            yield connection.channel()

    def consumers(self, queue: str) -> int:
        """How many consumers the queue has; 0 where it is not there."""
        return self._looked_at(queue)[1]

    def waiting(self, queue: str) -> int:
        """How many messages of the queue nobody has taken."""
        return self._looked_at(queue)[0]

    def request(self, method: str, headers: dict[str, str] | None = None, **args: Any) -> None:
        """Send a request, and want no answer."""
        with self.channel() as channel:
            self._request(channel, method, {"trace": str(self.trace.path), **args}, headers or {})

    def happen(self, name: str, wrong: str = "never") -> None:
        """Publish an event of which the service hears."""
        self.publish_event(self._event({"trace": str(self.trace.path), "name": name, "wrong": wrong}))

    def publish_event(self, body: bytes) -> None:
        """Publish anything where the service hears events."""
        with self.channel() as channel:
            channel.basic_publish(amqp.Message(body, content_type="application/json", delivery_mode=2), EVENTS, EVENT)

    def says(self, running: Running) -> str:
        """What a replica says about its readiness."""
        raise NotImplementedError

    def _looked_at(self, queue: str) -> tuple[int, int]:
        try:
            with self.channel() as channel:
                _, messages, consumers = channel.queue_declare(queue, passive=True)
                return messages, consumers
        except (NotFound, OSError):
            return 0, 0

    def _start(self, log: Path, variant: str, **settings: Any) -> Running:
        raise NotImplementedError

    def _request(self, channel: Any, method: str, args: dict[str, Any], headers: dict[str, str]) -> None:
        raise NotImplementedError

    def _event(self, data: dict[str, Any]) -> bytes:
        raise NotImplementedError


def given(check: Callable[[], Seen], within: float = 30.0) -> Seen:
    """What must be so before a fault can be seen at all; without it the test says nothing of either house."""
    try:
        return eventually(check, within)
    except AssertionError as error:
        raise RuntimeError("The test did not get as far as the fault.") from error


def tell_to_stop(running: Running) -> None:
    """As Kubernetes does."""
    running.process.send_signal(signal.SIGTERM)


def ends(running: Running, within: float) -> bool:
    """Whether the process is over in so many seconds."""
    try:
        running.process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def row(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The row of the table that the test shows."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        test.__doc__ = text
        return test

    return mark
