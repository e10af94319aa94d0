"""Routing with its neighbours as processes; and a database for its store alone."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from deploy.local.child import Child
from services.chassis.ids import new_id
from services.chassis.settings import Settings
from services.chassis.store import Database, connect, prepare
from services.chassis.topology import cards, declare_at, topology_of
from services.routing.store import RoutingStore
from tests.integration.routing.desk import Desk
from tests.integration.tickets.house import House
from tests.probes.processes import ROOT, ServiceProcess, service_process

SERVICES = ("customers", "tickets", "routing", "tests.integration.routing.stand_in:mail")
RELAYED = ("tickets", "routing")


@pytest.fixture
def database(mongodb_uri: str, database_name: str) -> Iterator[Database]:
    """The database of routing, with its indexes; there is no broker."""
    settings = Settings(mongodb_uri=mongodb_uri, amqp_uri="amqp://127.0.0.1:1", database_prefix=database_name)
    database = connect(settings, "routing")
    prepare(database, RoutingStore)
    yield database
    database.client.close()


@pytest.fixture
def store(database: Database) -> RoutingStore:
    """The store of routing."""
    return RoutingStore(database)


@pytest.fixture(scope="package")
def house(shared_broker: Broker, mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Customers, tickets and routing, which hear of each other by their relays; mail is a stand-in."""
    name = f"test_{new_id().lower()}"
    amqp_uri = shared_broker.create_vhost(name)
    declare_at(amqp_uri, topology_of(cards()))
    logs = tmp_path_factory.mktemp("logs")
    settings = {"mongodb_uri": mongodb_uri, "amqp_uri": amqp_uri, "database_prefix": name}
    with ExitStack() as running:
        processes: list[ServiceProcess] = [
            running.enter_context(service_process(logs / f"{service[-7:]}.log", service, **settings))
            for service in SERVICES
        ]
        for process in processes:
            process.wait_ready(within=60)
        for service in RELAYED:
            relay = relay_of(service, logs, settings)
            relay.start()
            running.callback(relay.kill)
        house = House(amqp_uri, mongodb_uri, name)
        running.callback(house.close)
        yield house
    shared_broker.delete_vhost(name)
    drop(mongodb_uri, name)


@pytest.fixture
def desk(house: House) -> Desk:
    """A desk of this test's own, with a group of alice and bob."""
    return Desk(house, new_id().lower())


def relay_of(service: str, logs: Path, settings: dict[str, str]) -> Child:
    """The relay of a service."""
    command = [sys.executable, "-W", "ignore", "-m", "services.chassis.relay", service]
    variables = {f"MADOGUCHI_{name.upper()}": value for name, value in settings.items()}
    return Child(command, logs / f"{service} relay.log", variables | {"PYTHONPATH": str(ROOT)})


def drop(mongodb_uri: str, prefix: str) -> None:
    """Drop the databases whose names begin so."""
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        for each in client.list_database_names():
            if each.startswith(prefix):
                client.drop_database(each)
