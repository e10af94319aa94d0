"""A database that is away is no failure of any event: the consumer keeps what it has, and goes on by itself."""

import pytest

from services.chassis.settings import Settings
from services.chassis.store import connect
from tests.probes.emitter import Emitter
from tests.probes.processes import service_process, variables_of
from tests.waiting import eventually


@pytest.fixture
def settings(own_database, amqp_uri, database_name):
    return Settings(mongodb_uri=own_database.uri, amqp_uri=amqp_uri, database_prefix=database_name)


@pytest.fixture
def listener(settings, tmp_path):
    log, service = tmp_path / "listener.log", "tests.probes.listener:listener"
    with service_process(log, service, **variables_of(settings), retry_seconds="0.1") as process:
        yield process


@pytest.fixture
def counters(amqp_uri, listener):
    emitter = Emitter(amqp_uri, "counters", "listener")
    eventually(emitter.heard, within=30)
    yield emitter
    emitter.close()


def test_what_comes_while_the_database_is_away_is_kept_and_done_when_it_is_back(
    counters, listener, own_database, settings
):
    heard = connect(settings, "listener")
    counters.raised("a", 1)
    eventually(lambda: heard["each"].count_documents({}) == 1, within=20)

    own_database.stop()
    for sequence in range(2, 101):
        counters.raised("a", sequence)
    eventually(lambda: "is unknown for now" in listener.said(), within=20)
    own_database.start()

    eventually(lambda: (heard["strict"].find_one({}) or {}).get("values") == list(range(1, 101)), within=30)
    eventually(lambda: heard["latest"].find_one({})["value"] == 100)
    eventually(lambda: heard["each"].count_documents({}) == 100)
    assert heard["inbox"].count_documents({"attempts": {"$gt": 0}}) == 0
    assert (counters.waiting(), listener.running) == (0, True)
    heard.client.close()
