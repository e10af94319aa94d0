"""Gateways of a module's own: one without a bus behind it, and one before a probe service on a real broker."""

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass
class Street:
    """The gateway, and a service `tickets` behind it."""

    gateway: Gateway
    stand: Host

    @property
    def client(self) -> Client:
        """Somebody at the window."""
        return self.gateway.client

    def wait_served(self) -> None:
        """Returns once requests get through to the service."""
        eventually(lambda: self.client.get("/v1/desks").ok or not self.stand.running, within=30)
        assert self.stand.running, self.stand.said


@pytest.fixture(scope="module")
def street(mongodb_uri: str, shared_broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A gateway and a service, on a virtual host and databases of this module's own."""
    name, folder = f"test_{new_id().lower()}", tmp_path_factory.mktemp("street")
    settings = Settings(mongodb_uri=mongodb_uri, amqp_uri=shared_broker.create_vhost(name), database_prefix=name)
    port = free_ports(1)[0]
    stand = Host("tests.probes.stand:tickets", settings, folder / "stand.log", health_port=str(port))
    try:
        with running("gateway", AMQP_URI=settings.amqp_uri, TICKETS_URL=f"http://127.0.0.1:{port}") as gateway:
            stand.start()
            gateway.wait_up()
            street = Street(gateway, stand)
            street.wait_served()
            yield street
    finally:
        stand.kill()
    shared_broker.delete_vhost(name)
    with MongoClient(mongodb_uri) as client:
        client.drop_database(settings.database("tickets"))
