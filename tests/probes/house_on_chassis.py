"""The faulty service as the chassis runs it."""

import json
from pathlib import Path
from typing import Any

import amqp

from services.chassis.context import Call
from services.chassis.ids import new_id
from services.chassis.names import rpc_queue, subscription_queue
from services.chassis.store import connect, prepare, run_unit
from tests.probes.counters import CounterStore
from tests.probes.house_on_nameko import PlainProcess
from tests.probes.houses import EVENT, House, Running
from tests.probes.processes import ServiceProcess, variables_of

CALL_SECONDS = 300.0


class Chassis(House):
    """The service as the chassis runs it."""

    requests = rpc_queue("faulty")
    events = subscription_queue("faulty", "source")

    def _start(self, log: Path, variant: str, **settings: Any) -> Running:
        if variant == "StreamingService":  # only the gateway streams, over nameko's own web server
            return PlainProcess(log, "ImmediateService", self.trace.path, self.settings.amqp_uri, **settings)
        return ServiceProcess(log, "tests.probes.faults_chassis:faulty", **self._given() | settings)

    def _given(self) -> dict[str, Any]:
        return variables_of(self.settings) | {"retry_seconds": "0.1,0.1"}

    def announce(self, name: str) -> None:
        """A transaction that writes an event; the relay is another process."""
        relay = ServiceProcess(self._folder / "relay.log", "probe", "services.chassis.relay", **self._given())
        self._processes.append(relay)
        database = connect(self.settings, "probe")
        with database.client:
            prepare(database, CounterStore)
            run_unit(database, Call.begin(seconds=20), lambda: CounterStore(database).open(name))

    def says(self, running: Running) -> str:
        """What it says about its readiness."""
        return str(running.get("/readyz")[1]) if isinstance(running, ServiceProcess) else ""

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
