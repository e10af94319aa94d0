"""The processes of the local stack."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.broker import Broker
from deploy.local.database import Database

PROJECT = Path(__file__).resolve().parents[2]
SERVICES = ("customers", "tickets", "routing", "presence", "mail")
DEPENDENCIES, OURS = GROUPS = ("dependencies", "services")


@dataclass(frozen=True, kw_only=True)
class Program:
    """One process that the supervisor keeps alive."""

    name: str
    command: tuple[str, ...]
    group: str = OURS
    environment: Mapping[str, str] = field(default_factory=dict)


def service_programs() -> list[Program]:
    """Everything of ours: each service with its relay, the mail's ways in and out, and the gateway."""
    return [
        *(_python(service, "services.chassis.run", service) for service in SERVICES),
        *(_python(f"{service}-relay", "services.chassis.relay", service) for service in SERVICES),
        _python("mail-smtp", "services.mail.smtp"),
        _python("mail-sender", "services.mail.sender"),
        _python("gateway", "gateway"),
    ]


def catcher_program() -> Program:
    return _python("catcher", "deploy.local.catcher")


def database_program(database: Database) -> Program:
    return Program(name="mongod", command=tuple(database.command), group=DEPENDENCIES)


def broker_programs(broker: Broker) -> list[Program]:
    return [
        Program(name="epmd", command=tuple(broker.names_command), group=DEPENDENCIES),
        Program(name="broker", command=tuple(broker.command), group=DEPENDENCIES, environment=broker.environment),
    ]


def _python(name: str, *module: str) -> Program:
    return Program(name=name, command=(sys.executable, "-m", *module))
