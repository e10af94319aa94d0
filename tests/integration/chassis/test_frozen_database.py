"""A database that takes connections and says nothing holds nobody beyond the deadline."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.commands import command
from services.chassis.context import Call, using
from services.chassis.errors import Unavailable
from services.chassis.schema import Schema
from services.chassis.settings import Settings
from services.chassis.store import connect, prepare
from tests.probes.counters import CounterStore
from tests.waiting import eventually


class Desk:
    """A command whose database freezes in the middle of its transaction."""

    name = "desk"

    def __init__(self, store, freeze):
        self.store = store
        self.freeze = freeze

    @command(Schema)
    def bump_counter(self):
        self.store.open("a")
        self.freeze()
        return self.store.bump("a").value


@pytest.fixture
def store(own_database, database_name):
    database = connect(Settings(mongodb_uri=own_database.uri, amqp_uri="", database_prefix=database_name), "probe")
    prepare(database, CounterStore)
    with database.client:
        yield CounterStore(database)


@pytest.mark.parametrize("key", [None, "k"])
def test_a_command_gives_up_soon_after_its_deadline(own_database, store, key):
    desk = Desk(store, freeze=lambda: os.kill(own_database.pid, signal.SIGSTOP))

    def bump():
        with using(Call.begin(seconds=2, idempotency_key=key)):
            desk.bump_counter()

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(bump)
        try:
            eventually(asked.done, within=8)
        finally:
            os.kill(own_database.pid, signal.SIGCONT)

    with pytest.raises(Unavailable):
        asked.result()
