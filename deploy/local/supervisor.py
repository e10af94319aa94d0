"""The supervisor of the local stack: starts again whatever dies."""

import sys
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deploy.local.child import Child
from deploy.local.home import Home
from deploy.local.ports import LOOPBACK, wait_until_listening
from deploy.local.programs import Program
from deploy.local.supervisor_configuration import STOP_SECONDS, USER, configuration


@dataclass(frozen=True)
class ProcessState:
    """What the supervisor says about one process; pid 0 when there is none."""

    pid: int
    name: str
    state: str


class Supervisor:
    """One supervisord with its configuration in the stack's folder, spoken to over XML-RPC."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._configuration = home.path / "supervisord.conf"
        command = [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration"]
        self._child = Child([*command, str(self._configuration)], home.log("supervisord"))

    @property
    def running(self) -> bool:
        return self._child.running

    def start(self, programs: Sequence[Program], environment: Mapping[str, str], lock: int) -> None:
        """Starts it and, of the programs, what the others depend on; it holds the lock as long as it lives."""
        self._child.log.parent.mkdir(parents=True, exist_ok=True)
        self._configuration.touch(mode=0o600)
        self._configuration.write_text(configuration(self.home, programs))
        self._child.environment = environment
        self._child.descriptors = [lock]
        self._child.start()
        if not wait_until_listening(self.home.port("supervisor"), 20, lambda: self.running):
            raise RuntimeError(f"The supervisor does not start; its log is {self._child.log}.")

    def start_group(self, group: str) -> None:
        self._ask("startProcessGroup", group, False)

    def stop(self) -> None:
        """Ends it and everything that it keeps alive."""
        self._child.stop(2 * STOP_SECONDS)

    def processes(self) -> list[ProcessState]:
        """Raises OSError where no supervisor runs."""
        told = self._ask("getAllProcessInfo")
        return [ProcessState(each["pid"], each["name"], each["statename"].lower()) for each in told]

    def _ask(self, method: str, *arguments: Any) -> Any:
        address = f"{USER}:{self.home.secret('supervisor')}@{LOOPBACK}:{self.home.port('supervisor')}"
        with xmlrpc.client.ServerProxy(f"http://{address}/RPC2") as proxy:
            return getattr(proxy.supervisor, method)(*arguments)
