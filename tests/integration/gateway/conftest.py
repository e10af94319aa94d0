"""Gateways of a module's own: one without a bus behind it, and one before a probe service on a real broker."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from deploy.local.ports import free_ports
from services.chassis.ids import new_id
from services.chassis.settings import Settings
from tests.probes.gateways import Client, Gateway, running
from tests.probes.hosts import Host
from tests.waiting import eventually


@pytest.fixture(scope="module")
def window() -> Iterator[Client]:
    """The probe's routes over a real socket."""
    with running("tests.probes.window") as gateway:
        gateway.wait_up()
        yield gateway.client


HOSTS = ("tests.probes.stand:tickets", "tests.probes.post:mail", "tests.probes.post:presence")


@dataclass
class Street:
    """The gateway, and the services `tickets`, `mail` and `presence` behind it."""

    gateway: Gateway
    stand: Host

    @property
    def client(self) -> Client:
        """Somebody at the window."""
        return self.gateway.client

    def wait_served(self) -> None:
        """Returns once requests get through to the services."""

        def checks() -> set[str]:
            return {name for name, answer in self.client.get("/readyz").json()["checks"].items() if answer == "ok"}

        eventually(lambda: checks() >= {"broker", "tickets", "mail", "presence"}, within=30)


@contextmanager
def a_street(mongodb_uri: str, amqp_uri: str, prefix: str, folder: Path) -> Iterator[Street]:
    """A gateway and three services as processes of their own."""
    settings = Settings(mongodb_uri=mongodb_uri, amqp_uri=amqp_uri, database_prefix=prefix)
    ports = dict(zip(HOSTS, free_ports(len(HOSTS)), strict=True))
    urls = {f"{host.rpartition(':')[2].upper()}_URL": f"http://127.0.0.1:{port}" for host, port in ports.items()}
    with ExitStack() as ends:
        hosts = [Host(host, settings, folder / f"{port}.log", health_port=str(port)) for host, port in ports.items()]
        for host in hosts:
            ends.callback(host.kill)
            host.start()
        gateway = ends.enter_context(running("gateway", AMQP_URI=amqp_uri, **urls))
        gateway.wait_up()
        yield Street(gateway, hosts[0])


@pytest.fixture(scope="module")
def street(mongodb_uri: str, shared_broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A gateway and services, on a virtual host and databases of this module's own."""
    name = f"test_{new_id().lower()}"
    with a_street(mongodb_uri, shared_broker.create_vhost(name), name, tmp_path_factory.mktemp("street")) as street:
        street.wait_served()
        yield street
    shared_broker.delete_vhost(name)
    with MongoClient(mongodb_uri) as client:
        for service in ("tickets", "mail", "presence"):
            client.drop_database(f"{name}_{service}")
