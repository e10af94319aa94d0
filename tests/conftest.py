"""A real database and a real broker for the tests that ask for them, started once a session."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker, BrokerPorts
from deploy.local.database import Database
from deploy.local.ports import free_ports
from services.chassis.ids import new_id

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 * 1024**3


def pytest_configure(config: pytest.Config) -> None:
    """Let test processes that run beside one another take ports of their own."""
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        number = worker["workerid"].removeprefix("gw")
        os.environ["MADOGUCHI_PORT_LANE"] = f"{number}/{worker['workercount']}"


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for data that need not survive the machine: in memory where there is enough, since every write syncs."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH_BYTES:
        yield tmp_path_factory.mktemp("scratch")
        return
    with tempfile.TemporaryDirectory(prefix="madoguchi-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def mongodb_uri(scratch: Path) -> Iterator[str]:
    """A MongoDB that no test may stop; MADOGUCHI_TEST_MONGODB_URI names one that runs already."""
    given = os.environ.get("MADOGUCHI_TEST_MONGODB_URI")
    if given:
        yield given
        return
    database = Database(scratch / "mongod", *free_ports(1))
    database.start()
    yield database.uri
    database.stop()


@pytest.fixture(scope="session")
def shared_broker(scratch: Path) -> Iterator[Broker]:
    """A RabbitMQ that no test may stop or block; MADOGUCHI_TEST_BROKER_HOME names one that runs already."""
    given = os.environ.get("MADOGUCHI_TEST_BROKER_HOME")
    if given:
        yield Broker.at(Path(given))
        return
    broker = Broker(scratch / "broker", BrokerPorts(*free_ports(3)))
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
def own_broker(scratch: Path) -> Iterator[Broker]:
    """A started RabbitMQ of this test's own, to be stopped, killed and blocked at will."""
    broker = Broker(scratch / new_id(), BrokerPorts(*free_ports(3)))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def own_database(scratch: Path) -> Iterator[Database]:
    """A started MongoDB of this test's own, to be stopped and killed at will."""
    database = Database(scratch / new_id(), *free_ports(1))
    database.start()
    yield database
    database.stop()
