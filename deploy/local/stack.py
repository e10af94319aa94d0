"""The life of the local stack: everything up, in order, and everything down again."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping

from deploy.local import seed
from deploy.local.environment import broker_of, database_of, process_environment, variables, write_environment
from deploy.local.gateway import Gateway
from deploy.local.home import Home
from deploy.local.ports import is_free, is_listening, wait_until_listening
from deploy.local.programs import (
    OURS,
    PROJECT,
    Program,
    broker_programs,
    catcher_program,
    database_program,
    service_programs,
)
from deploy.local.settings import StackSettings
from deploy.local.supervisor import Supervisor

DEPENDENCIES_SECONDS = 60
READY_SECONDS = 120


class CannotRun(Exception):
    """The stack cannot be had; the message says why."""


class Stack:
    """All processes of one folder, under one supervisor."""

    def __init__(self, settings: StackSettings, home: Home) -> None:
        self.settings = settings
        self.home = home
        self.supervisor = Supervisor(home)
        self.gateway = Gateway(settings.http_port)

    def start(self, lock: int) -> None:
        """Returns when it is ready; its processes hold the folder's lock. Raises CannotRun."""
        self._choose_ports()
        told = variables(self.settings, self.home, os.environ)
        write_environment(self.home, told)
        environment = process_environment(told)
        self.supervisor.start(self._programs(), environment, lock)
        self._wait_for_dependencies()
        self._declare_queues(environment)
        self.supervisor.start_group(OURS)
        self._wait_until_ready()
        if secret := told.get("MADOGUCHI_JWT_SECRET"):
            seed.sow(self.gateway, secret)

    def watch(self) -> None:
        """Returns when the supervisor has gone."""
        while self.supervisor.running:
            time.sleep(1)

    def stop(self) -> None:
        self.supervisor.stop()
        self.home.environment_file.unlink(missing_ok=True)

    def _choose_ports(self) -> None:
        fixed = {"MADOGUCHI_HTTP_PORT": self.settings.http_port, "MADOGUCHI_SMTP_PORT": self.settings.smtp_port}
        for variable, port in fixed.items():
            if not is_free(port):
                raise CannotRun(f"Port {port} is taken by another program; choose one by {variable}.")
        self.home.forget_taken_ports(but="mongod")  # a replica set knows its members by their ports
        if not self.settings.mongodb_uri and not is_free(self.home.port("mongod")):
            raise CannotRun(f"Port {self.home.port('mongod')}, of this stack's mongod, is taken by another program.")

    def _programs(self) -> list[Program]:
        programs = service_programs()
        if not self.settings.smtp_url:
            programs.append(catcher_program())
        if not self.settings.mongodb_uri:
            database = database_of(self.home)
            database.prepare()
            programs.append(database_program(database))
        if not self.settings.amqp_uri:
            broker = broker_of(self.home)
            broker.prepare()
            programs += broker_programs(broker)
        return programs

    def _wait_for_dependencies(self) -> None:
        waiting = {}
        if not self.settings.mongodb_uri:
            waiting["mongod"] = self.home.port("mongod")
        if not self.settings.amqp_uri:
            waiting["broker"] = self.home.port("broker")
        for name, port in waiting.items():
            if not wait_until_listening(port, DEPENDENCIES_SECONDS, lambda: self.supervisor.running):
                raise CannotRun(f"{name} does not start; its log is {self.home.log(name)}.")
        if "mongod" in waiting:
            database_of(self.home).become_primary()

    def _declare_queues(self, environment: Mapping[str, str]) -> None:
        log = self.home.log("topology")
        with log.open("ab") as out:
            declared = subprocess.run(
                [sys.executable, "-m", "services.chassis.topology"],
                env=environment,
                cwd=PROJECT,
                stdout=out,
                stderr=out,
                timeout=DEPENDENCIES_SECONDS,
                check=False,
            )
        if declared.returncode:
            raise CannotRun(f"The queues cannot be declared on the broker; see {log}.")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.supervisor.running:
            if self.gateway.ready() and is_listening(self.settings.smtp_port):
                return
            time.sleep(0.2)
        down = [each.name for each in self.supervisor.processes() if each.state != "running"]
        reason = f"not running: {', '.join(down)}" if down else self.gateway.says()
        raise CannotRun(f"The stack is not ready after {READY_SECONDS} s ({reason}); the logs are in {self.home.logs}.")
