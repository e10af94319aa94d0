"""A database for the chassis's own tests."""

from collections.abc import Iterator

import pytest

from services.chassis.settings import Settings
from services.chassis.store import Database, connect, prepare
from tests.probes.counters import CounterStore


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
