"""Mail's database for these tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.chassis.context import Call
from services.chassis.settings import Settings
from services.chassis.store import connect, prepare, run_unit
from services.mail.store import MailStore


@pytest.fixture
def store(mongodb_uri: str, database_name: str) -> Iterator[MailStore]:
    """Mail's store with its indexes."""
    settings = Settings(mongodb_uri=mongodb_uri, amqp_uri="amqp://127.0.0.1:1", database_prefix=database_name)
    database = connect(settings, "mail")
    prepare(database, MailStore)
    yield MailStore(database)
    database.client.close()


@pytest.fixture
def run(store: MailStore) -> Callable[[Callable[[], Any]], Any]:
    """Runs work as a unit."""
    return lambda work: run_unit(store.database, Call.begin(seconds=20), work)
