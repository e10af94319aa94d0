"""The faulty service as nameko runs it when it is left alone."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import amqp
from kombu.exceptions import OperationalError
from nameko.standalone.events import event_dispatcher

from services.chassis.ids import new_id
from tests.probes.houses import EVENT, House, Running
from tests.probes.processes import ROOT


class PlainProcess:
    """A service as `nameko run` runs it."""

    def __init__(self, log: Path, service: str, trace: Path, amqp_uri: str, health_port: int | None = None) -> None:
        defined = [f"--define=AMQP_URI={amqp_uri}"]
        if health_port is not None:
            defined.append(f"--define=WEB_SERVER_ADDRESS=127.0.0.1:{health_port}")
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

    def _start(self, log: Path, variant: str, **settings: Any) -> PlainProcess:
        return PlainProcess(log, variant or "FaultyService", self.trace.path, self.settings.amqp_uri, **settings)

    def announce(self, name: str) -> None:
        """What nameko's dispatcher does; it raises when it could not."""
        dispatch = event_dispatcher(uri=self.settings.amqp_uri)
        with suppress(OperationalError):
            dispatch("probe", "counter.raised", {"counter": name})

    def says(self, running: Running) -> str:
        """It says nothing."""
        return ""

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
