"""A real database and a real broker for the tests that ask for them, started once a session."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker, BrokerPorts
from deploy.local.database import Database
from deploy.local.ports import free_ports
from services.chassis.ids import new_id


@pytest.fixture(scope="session")
def mongodb_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A MongoDB that no test may stop; MADOGUCHI_TEST_MONGODB_URI names one that runs already."""
    given = os.environ.get("MADOGUCHI_TEST_MONGODB_URI")
    if given:
        yield given
        return
    database = Database(tmp_path_factory.mktemp("mongod"), *free_ports(1))
    database.start()
    yield database.uri
    database.stop()


@pytest.fixture(scope="session")
def shared_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A RabbitMQ that no test may stop or block; MADOGUCHI_TEST_BROKER_HOME names one that runs already."""
    given = os.environ.get("MADOGUCHI_TEST_BROKER_HOME")
    if given:
        yield Broker.at(Path(given))
        return
    broker = Broker(tmp_path_factory.mktemp("broker"), BrokerPorts(*free_ports(3)))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def amqp_uri(shared_broker: Broker) -> Iterator[str]:
    """A virtual host of this test's own."""
    name = new_id().lower()
    yield shared_broker.create_vhost(name)
    shared_broker.delete_vhost(name)


@pytest.fixture
def database_name(mongodb_uri: str) -> Iterator[str]:
    """A name, and a prefix of names, whose databases are dropped when the test is over."""
    name = f"test_{new_id().lower()}"
    yield name
    with MongoClient[dict[str, Any]](mongodb_uri) as client:
        for each in client.list_database_names():
            if each.startswith(name):
                client.drop_database(each)


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[Broker]:
    """A started RabbitMQ of this test's own, to be stopped, killed and blocked at will."""
    broker = Broker(tmp_path / "broker", BrokerPorts(*free_ports(3)))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[Database]:
    """A started MongoDB of this test's own, to be stopped and killed at will."""
    database = Database(tmp_path / "mongod", *free_ports(1))
    database.start()
    yield database
    database.stop()
