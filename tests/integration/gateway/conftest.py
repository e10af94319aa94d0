"""Gateways of a module's own: one without a bus behind it, and one before a probe service on a real broker."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from services.chassis.ids import new_id
from tests.probes.gateways import Client, Gateway, running
from tests.probes.processes import ServiceProcess, service_process
from tests.waiting import eventually


@pytest.fixture(scope="module")
def window() -> Iterator[Client]:
    """The probe's routes over a real socket."""
    with running("tests.probes.window") as gateway:
        gateway.wait_up()
        yield gateway.client


SERVICES = {
    "tickets": "tests.probes.stand:tickets",
    "mail": "tests.probes.post:mail",
    "presence": "tests.probes.post:presence",
}


@dataclass
class Street:
    """The gateway, and the services behind it by name."""

    gateway: Gateway
    services: dict[str, ServiceProcess]

    @property
    def client(self) -> Client:
        """Somebody at the window."""
        return self.gateway.client

    def wait_served(self) -> None:
        """Returns once requests get through to the services."""

        def well() -> set[str]:
            checks = self.client.get("/readyz").json()["checks"]
            return {name for name, answer in checks.items() if answer == "ok"}

        eventually(lambda: well() >= {"broker", *self.services}, within=40)


@contextmanager
def a_street(mongodb_uri: str, amqp_uri: str, prefix: str, folder: Path) -> Iterator[Street]:
    """A gateway and its services as processes of their own."""
    settings = {"mongodb_uri": mongodb_uri, "amqp_uri": amqp_uri, "database_prefix": prefix}
    with ExitStack() as ends:
        services = {
            name: ends.enter_context(service_process(folder / f"{name}.log", cls, **settings))
            for name, cls in SERVICES.items()
        }
        urls = {f"{name.upper()}_URL": service.url for name, service in services.items()}
        gateway = ends.enter_context(running("gateway", AMQP_URI=amqp_uri, **urls))
        gateway.wait_up()
        yield Street(gateway, services)


@pytest.fixture(scope="module")
def street(mongodb_uri: str, shared_broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A gateway and services, on a virtual host and databases of this module's own."""
    name = f"test_{new_id().lower()}"
    with a_street(mongodb_uri, shared_broker.create_vhost(name), name, tmp_path_factory.mktemp("street")) as street:
        street.wait_served()
        yield street
    shared_broker.delete_vhost(name)
    with MongoClient(mongodb_uri) as client:
        for service in SERVICES:
            client.drop_database(f"{name}_{service}")
