"""A private RabbitMQ: Debian's server under its own node name, ports and directories."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.child import Child
from deploy.local.ports import LOOPBACK, wait_until_listening

DEBIAN = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one on the PATH insists on the user rabbitmq
USER = "guest"
CONFIGURATION = """\
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 2GB
log.file.level = warning
"""


@dataclass(frozen=True)
class BrokerPorts:
    """The three ports of a node: for clients, for other nodes, and of its name server."""

    amqp: int
    distribution: int
    names: int


class Broker:
    """One RabbitMQ node, and the Erlang name server that it needs, with their data under `home`."""

    def __init__(self, home: Path, ports: BrokerPorts) -> None:
        self.home = home
        self.ports = ports
        self._names = Child(self.names_command, home / "epmd.log")
        self._node = Child(self.command, home / "rabbitmq.log", {**os.environ, **self.environment})

    @classmethod
    def at(cls, home: Path) -> "Broker":
        """The node that another process started there, to be asked and not to be stopped."""
        return cls(home, BrokerPorts(**json.loads((home / "ports.json").read_text())))

    @property
    def uri(self) -> str:
        return self.uri_of("/")

    def uri_of(self, vhost: str) -> str:
        return f"amqp://{USER}:{USER}@{LOOPBACK}:{self.ports.amqp}/{vhost.replace('/', '%2F')}"

    @property
    def pid(self) -> int:
        return self._node.pid

    @property
    def names_command(self) -> list[str]:
        return ["epmd", "-port", str(self.ports.names), "-address", LOOPBACK]

    @property
    def command(self) -> list[str]:
        return [str(server_directory() / "sbin" / "rabbitmq-server")]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),  # the Erlang cookie lives here
            "ERL_EPMD_PORT": str(self.ports.names),
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_CRASH_DUMP": str(self.home / "erl_crash.dump"),
            "RUNNING_UNDER_SYSTEMD": "true",  # no shell between us and the node: our signals reach it
            "RABBITMQ_SCRIPTS_DIR": str(self.home / "server" / "sbin"),
            "RABBITMQ_PLUGINS_DIR": str(self.home / "server" / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(self.home / "rabbitmq-env.conf"),
            "RABBITMQ_CONFIG_FILE": str(self.home / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.home / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.home / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.home / "data"),
            "RABBITMQ_LOG_BASE": str(self.home / "log"),
            "RABBITMQ_NODENAME": f"madoguchi-{self.ports.amqp}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": LOOPBACK,
            "RABBITMQ_NODE_PORT": str(self.ports.amqp),
            "RABBITMQ_DIST_PORT": str(self.ports.distribution),
        }

    def prepare(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "ports.json").write_text(json.dumps(asdict(self.ports)))
        (self.home / "rabbitmq.conf").write_text(CONFIGURATION)
        for empty in ("advanced.config", "enabled_plugins"):
            (self.home / empty).write_text("[].\n")
        cookie = self.home / ".erlang.cookie"
        if not cookie.exists():
            cookie.touch(mode=0o600)
            cookie.write_text(secrets.token_hex(16))
        self._leave_out_plugins()

    def start(self) -> None:
        self.prepare()
        if not self._names.running:
            self._names.start()
        self._node.start()
        if not wait_until_listening(self.ports.amqp, 90, lambda: self._node.running):
            raise RuntimeError(f"RabbitMQ does not start; its log is {self._node.log}.")

    def stop(self) -> None:
        self._node.stop()
        self._names.stop()

    def kill(self) -> None:
        self._node.kill()

    def restart(self) -> None:
        self._node.stop()
        self.start()

    def create_vhost(self, name: str) -> str:
        """Makes a virtual host, empty and separate, and answers its URI."""
        everything = '<<".*">>'
        self.evaluate(
            f'rabbit_vhost:add(<<"{name}">>, <<"{USER}">>), rabbit_auth_backend_internal:set_permissions('
            f'<<"{USER}">>, <<"{name}">>, {everything}, {everything}, {everything}, <<"{USER}">>)'
        )
        return self.uri_of(name)

    def delete_vhost(self, name: str) -> None:
        self.evaluate(f'rabbit_vhost:delete(<<"{name}">>, <<"{USER}">>)')

    def memory_alarm(self, on: bool) -> None:
        """Makes the broker believe that it is out of memory, so that it blocks publishers; or not any more."""
        watermark = "0.0001" if on else "{absolute, 2000000000}"
        self.evaluate(f"vm_memory_monitor:set_vm_memory_high_watermark({watermark})")

    def evaluate(self, expression: str) -> str:
        """Runs an Erlang expression in the node: a hundred times quicker than rabbitmqctl, which starts a node."""
        cookie = (self.home / ".erlang.cookie").read_text()
        answer = subprocess.run(
            ["erl_call", "-r", "-c", cookie, "-address", f"{LOOPBACK}:{self.ports.distribution}", "-e"],
            input=f"{expression}.\n",
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        if not answer.stdout.startswith("{ok"):
            raise RuntimeError(f"The broker refused {expression}: {answer.stdout}{answer.stderr}")
        return answer.stdout

    def _leave_out_plugins(self) -> None:
        # Erlang searches every folder for every module: without the optional ones the node starts in half the time.
        installed, own = server_directory(), self.home / "server"
        shutil.rmtree(own, ignore_errors=True)
        (own / "plugins").mkdir(parents=True)
        for folder in ("sbin", "escript"):
            (own / folder).symlink_to(installed / folder)
        for plugin in _needed(sorted((installed / "plugins").iterdir())):
            (own / "plugins" / plugin.name).symlink_to(plugin)


def server_directory() -> Path:
    """Where RabbitMQ is installed; without one, says how to get it."""
    found = DEBIAN if DEBIAN.exists() else shutil.which("rabbitmq-server")
    if found is None:
        raise RuntimeError("There is no rabbitmq-server: install Debian's with `apt-get install rabbitmq-server`.")
    return Path(found).resolve().parent.parent


def _needed(plugins: Sequence[Path]) -> list[Path]:
    return [each for each in plugins if not each.name.startswith("rabbitmq_") or "prelaunch" in each.name]
