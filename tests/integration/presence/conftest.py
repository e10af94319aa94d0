"""Presence as a process; and a database for its store alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from services.chassis.ids import new_id
from services.chassis.topology import cards, declare_at, topology_of
from tests.integration.presence.person import Person
from tests.integration.tickets.house import House
from tests.probes.processes import service_process


@pytest.fixture(scope="package")
def house(shared_broker: Broker, mongodb_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Presence, which hears of nobody; its events stay in its log."""
    name = f"test_{new_id().lower()}"
    amqp_uri = shared_broker.create_vhost(name)
    declare_at(amqp_uri, topology_of(cards()))
    settings = {"mongodb_uri": mongodb_uri, "amqp_uri": amqp_uri, "database_prefix": name}
    with service_process(tmp_path_factory.mktemp("logs") / "presence.log", "presence", **settings) as process:
        process.wait_ready(within=60)
        house = House(amqp_uri, mongodb_uri, name)
        yield house
        house.close()
    shared_broker.delete_vhost(name)
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        client.drop_database(f"{name}_presence")


@pytest.fixture
def somebody(house: House) -> Person:
    """An agent of this test's own, who came with a token."""
    return Person(house)


@pytest.fixture
def somebody_else(house: House) -> Person:
    """Another one."""
    return Person(house)
