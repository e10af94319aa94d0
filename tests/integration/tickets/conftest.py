"""Tickets and customers as processes, with a broker's virtual host and databases of their own."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from services.chassis.ids import new_id
from services.chassis.topology import cards, declare_at, topology_of
from tests.integration.tickets.house import ADMIN, House
from tests.probes.processes import ServiceProcess, service_process

STAND_IN = "tests.integration.tickets.stand_in"


@pytest.fixture(scope="session")
def databases(mongodb_uri: str) -> Iterator[str]:
    """A prefix of names, whose databases are dropped when the tests are over."""
    name = f"test_{new_id().lower()}"
    yield name
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        for each in client.list_database_names():
            if each.startswith(name):
                client.drop_database(each)


@pytest.fixture(scope="session")
def house(
    shared_broker: Broker, mongodb_uri: str, databases: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Customers, tickets, stand-ins for routing and mail; a desk `support` with a group `billing` of alice."""
    name = databases
    amqp_uri = shared_broker.create_vhost(name)
    declare_at(amqp_uri, topology_of(cards()))
    logs = tmp_path_factory.mktemp("logs")
    settings = {"mongodb_uri": mongodb_uri, "amqp_uri": amqp_uri, "database_prefix": name}
    with ExitStack() as running:
        processes: list[ServiceProcess] = [
            running.enter_context(service_process(logs / f"{service.rpartition(':')[2]}.log", service, **settings))
            for service in ("customers", "tickets", f"{STAND_IN}:routing", f"{STAND_IN}:mail")
        ]
        for process in processes:
            process.wait_ready(within=40)
        house = House(amqp_uri, mongodb_uri, name)
        running.callback(house.close)
        furnish(house)
        yield house
    shared_broker.delete_vhost(name)


def furnish(house: House) -> None:
    """The usual desk and group."""
    house.ask("tickets", "create_desk", by=ADMIN, id="support", name="Support", addresses=["support@example.jp"])
    told = new_id()
    group = {"group": "billing", "name": "Billing", "desk": "support", "members": ["alice"]}
    house.tell("routing", "group.created", "billing", group, id=told)
    house.settled(told)
