"""The private broker and database of the local stack."""

import kombu
import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from deploy.local.database import Database
from tests.waiting import eventually


def test_every_test_has_a_virtual_host_of_its_own(amqp_uri: str) -> None:
    with kombu.Connection(amqp_uri) as connection:
        connection.connect()

    assert not amqp_uri.endswith("/%2F")


@pytest.mark.timeout(120)
def test_a_killed_broker_comes_back_with_its_durable_queues(own_broker: Broker) -> None:
    with kombu.Connection(own_broker.uri) as connection:
        connection.SimpleQueue("kept").put("a letter")

    own_broker.kill()
    own_broker.start()

    with kombu.Connection(own_broker.uri) as connection:
        assert connection.SimpleQueue("kept").get(timeout=10).payload == "a letter"


@pytest.mark.timeout(120)
def test_a_memory_alarm_blocks_publishers_until_it_is_lifted(own_broker: Broker) -> None:
    with kombu.Connection(own_broker.uri, transport_options={"confirm_publish": True}) as connection:
        queue = connection.SimpleQueue("blocked")
        blocked = []
        connection.connection.on_blocked = blocked.append
        own_broker.memory_alarm(True)
        queue.put("first")
        eventually(lambda: _heard(connection) and blocked)
        own_broker.memory_alarm(False)

        assert queue.get(timeout=10).payload == "first"


@pytest.mark.timeout(120)
def test_a_killed_database_comes_back_with_what_was_acknowledged(own_database: Database) -> None:
    with MongoClient(own_database.uri) as client:
        client.kept.letters.insert_one({"_id": 1})

    own_database.kill()
    own_database.start()

    with MongoClient(own_database.uri) as client:
        assert client.kept.letters.find_one() == {"_id": 1}


def _heard(connection: kombu.Connection) -> bool:
    try:
        connection.drain_events(timeout=0.1)
    except TimeoutError:
        return True
    return True
