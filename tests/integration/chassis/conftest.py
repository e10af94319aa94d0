"""A database for the chassis's own tests, and the two houses of nameko's faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.broker import Broker
from services.chassis.settings import Settings
from services.chassis.store import Database, connect, prepare
from tests.probes.counters import CounterStore
from tests.probes.house_on_chassis import Chassis
from tests.probes.house_on_nameko import Plain
from tests.probes.houses import House

FAULTY = pytest.mark.xfail(raises=AssertionError, strict=True, reason="nameko alone has this fault")
HOUSES = [
    pytest.param(Chassis, id="chassis"),
    pytest.param(Plain, id="nameko alone", marks=[FAULTY, pytest.mark.nameko_alone]),
]


@pytest.fixture
def settings(mongodb_uri: str, database_name: str) -> Settings:
    """Settings of this test's own database; there is no broker."""
    return Settings(mongodb_uri=mongodb_uri, amqp_uri="amqp://127.0.0.1:1", database_prefix=database_name)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The probe's database, with its indexes."""
    database = connect(settings, "probe")
    prepare(database, CounterStore)
    yield database
    database.client.close()


@pytest.fixture
def store(database: Database) -> CounterStore:
    """The probe's store."""
    return CounterStore(database)


@pytest.fixture(params=HOUSES)
def house(
    request: pytest.FixtureRequest, amqp_uri: str, mongodb_uri: str, database_name: str, tmp_path: Path
) -> Iterator[House]:
    """The service in one of the houses."""
    house = request.param(Settings(amqp_uri=amqp_uri, mongodb_uri=mongodb_uri, database_prefix=database_name), tmp_path)
    yield house
    house.end()


@pytest.fixture(params=HOUSES)
def shaken(
    request: pytest.FixtureRequest, own_broker: Broker, mongodb_uri: str, database_name: str, tmp_path: Path
) -> Iterator[tuple[House, Broker]]:
    """The same, and a broker that may be stopped."""
    settings = Settings(amqp_uri=own_broker.uri, mongodb_uri=mongodb_uri, database_prefix=database_name)
    house = request.param(settings, tmp_path)
    yield house, own_broker
    house.end()
