"""The broker and the database go and come back; the relay waits and goes on."""

import pytest
from kombu import Connection, Queue

from services.chassis import names
from services.chassis.settings import Settings
from services.chassis.store import connect, prepare
from tests.probes.counters import CounterStore
from tests.probes.feeds import assert_the_feed_is_the_log, raise_counters
from tests.probes.readers import Reader
from tests.probes.relays import RelayProcess
from tests.waiting import eventually

EXCHANGE = names.events_exchange("probe")

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def relay_on(tmp_path):
    """Starts a relay on other settings; it is gone when the test is over."""
    started = []

    def start(settings):
        started.append(RelayProcess(settings, tmp_path / "relay.log"))

    yield start
    for relay in started:
        relay.kill()


@pytest.mark.requirement("N1")
def test_a_broker_that_goes_away_for_a_while_delays_the_feed_and_loses_nothing(store, settings, own_broker, relay_on):
    relay_on(Settings(**{**vars(settings), "amqp_uri": own_broker.uri}))
    # a quorum queue does not survive a kill within its first second (RabbitMQ 3.10)
    with Reader(own_broker.uri, EXCHANGE, quorum=False) as reader:
        raise_counters(store, "a", 5)
        eventually(lambda: len(reader.first()) == 5)

        own_broker.kill()
        raise_counters(store, "a", 5)
        own_broker.start()
        raise_counters(store, "a", 5)

        eventually(lambda: len(reader.first()) == 15, within=60)
    assert_the_feed_is_the_log(reader, store.database)


def test_a_broker_without_memory_is_waited_for(store, settings, own_broker, relay_on):
    relay_on(Settings(**{**vars(settings), "amqp_uri": own_broker.uri}))
    with Reader(own_broker.uri, EXCHANGE) as reader:
        raise_counters(store, "a", 1)
        eventually(lambda: len(reader.first()) == 1)

        own_broker.memory_alarm(True)
        raise_counters(store, "a", 200)
        stuck = len(reader.first())
        own_broker.memory_alarm(False)

        eventually(lambda: len(reader.first()) == 201, within=60)
    assert stuck < 201
    assert_the_feed_is_the_log(reader, store.database)


@pytest.mark.requirement("N1")
def test_a_database_that_goes_away_for_a_while_delays_the_feed_and_loses_nothing(
    settings, amqp_uri, own_database, relay_on
):
    elsewhere = Settings(**{**vars(settings), "mongodb_uri": own_database.uri})
    database = connect(elsewhere, "probe")
    prepare(database, CounterStore)
    store = CounterStore(database)
    relay_on(elsewhere)
    with Reader(amqp_uri, EXCHANGE) as reader, database.client:
        raise_counters(store, "a", 5)
        eventually(lambda: len(reader.first()) == 5)

        own_database.kill()
        own_database.start()
        raise_counters(store, "a", 5)

        eventually(lambda: len(reader.first()) == 10, within=60)
        assert_the_feed_is_the_log(reader, database)


def test_a_full_queue_of_another_team_delays_other_teams_only(store, amqp_uri, start_relay, database):
    with Connection(amqp_uri) as connection, Reader(amqp_uri, EXCHANGE) as reader:
        full = Queue("foreign", queue_arguments={"x-max-length": 1, "x-overflow": "reject-publish"})
        start_relay()
        raise_counters(store, "a", 1)
        eventually(lambda: database["relay"].find_one({"forwarded": 1}))
        bound = full(connection.default_channel)
        bound.queue_declare()
        connection.default_channel.queue_bind("foreign", names.PUBLIC_EXCHANGE, "#")

        raise_counters(store, "a", 10)

        eventually(lambda: database["relay"].find_one({"published": 11}))
        assert database["relay"].find_one()["forwarded"] < 11
        assert_the_feed_is_the_log(reader, database)
        bound.delete()
        eventually(lambda: database["relay"].find_one({"forwarded": 11}), within=60)
