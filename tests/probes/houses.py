"""One service in two houses: on the chassis, and on nameko alone; tests ask both the same, by raw messages."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import amqp
from amqp.exceptions import NotFound

from services.chassis.amqp.uri import connection_arguments
from services.chassis.context import Call
from services.chassis.ids import new_id
from services.chassis.names import RPC_ARGUMENTS, rpc_queue, subscription_queue
from services.chassis.settings import Settings
from services.chassis.store import connect
from tests.probes.processes import ROOT, ServiceProcess
from tests.probes.trace import Trace
from tests.waiting import eventually

EVENTS = "source.events"
EVENT = "thing.happened"
CALL_SECONDS = 300.0


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
        eventually(lambda: self.consumers(queue) > before, within=30)
        return process

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


class Chassis(House):
    """The service as the chassis runs it."""

    requests = rpc_queue("faulty")
    events = subscription_queue("faulty", "source")
    arguments = RPC_ARGUMENTS

    def _start(self, log: Path, variant: str, **settings: Any) -> ServiceProcess:
        given = {
            "amqp_uri": self.settings.amqp_uri,
            "mongodb_uri": self.settings.mongodb_uri,
            "database_prefix": self.settings.database_prefix,
            "retry_seconds": "0.1,0.1",
        }
        return ServiceProcess(log, "tests.probes.faults_chassis:faulty", **given | settings)

    def kept(self) -> int:
        """How many events nothing more is done about, but which are there for a person to see."""
        database = connect(self.settings, "faulty")
        with database.client:
            return database["inbox"].count_documents({"state": "parked"})

    def _request(self, channel: Any, method: str, args: dict[str, Any], headers: dict[str, str]) -> None:
        call = Call.begin(seconds=CALL_SECONDS).to_headers()
        message = amqp.Message(json.dumps(args), type=method, application_headers=call | headers)
        channel.basic_publish(message, "", self.requests)

    def _event(self, data: dict[str, Any]) -> bytes:
        event = {
            "specversion": "1.0",
            "id": new_id(),
            "type": EVENT,
            "subject": data["name"],
            "time": "2026-11-22T01:02:05.630Z",
            "sequence": f"{1:020d}",
            "correlationid": "c",
            "actor": "agent/alice",
            "data": data,
        }
        return json.dumps(event).encode()


class PlainProcess:
    """A service as `nameko run` runs it."""

    def __init__(self, log: Path, service: str, trace: Path, amqp_uri: str, **settings: Any) -> None:
        defined = [f"--define={name}={value}" for name, value in {"AMQP_URI": amqp_uri, **settings}.items()]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [
                    str(Path(sys.executable).with_name("nameko")),
                    "run",
                    *defined,
                    f"tests.probes.faults_plain:{service}",
                ],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "TRACE": str(trace), "PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=output,
            )

    def end(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()


class Plain(House):
    """The service as nameko runs it when it is left alone."""

    requests = "rpc-faulty"
    events = f"evt-source-{EVENT}--faulty.hear"
    arguments = {"x-queue-mode": "lazy"}

    def _start(self, log: Path, variant: str, **settings: Any) -> PlainProcess:
        port = settings.pop("health_port", None)
        given = {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"} if port else {}
        return PlainProcess(log, variant or "FaultyService", self.trace.path, self.settings.amqp_uri, **given)

    def kept(self) -> int:
        """How many events nobody has dealt with, but which are still there."""
        return self.waiting(self.events)

    def _request(self, channel: Any, method: str, args: dict[str, Any], headers: dict[str, str]) -> None:
        message = amqp.Message(
            json.dumps({"args": [], "kwargs": args}),
            content_type="application/json",
            content_encoding="utf-8",
            reply_to="nobody",
            correlation_id=new_id(),
            application_headers=headers,
        )
        channel.basic_publish(message, "nameko-rpc", f"faulty.{method}")

    def _event(self, data: dict[str, Any]) -> bytes:
        return json.dumps(data).encode()


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
