"""The private broker and database of the local stack."""

import amqp
import kombu
import pytest
from pymongo import MongoClient

from deploy.local.broker import Broker
from deploy.local.database import Database


def test_every_test_has_a_virtual_host_of_its_own(amqp_uri: str) -> None:
    with kombu.Connection(amqp_uri) as connection:
        connection.connect()

    assert not amqp_uri.endswith("/%2F")


@pytest.mark.timeout(120)
def test_a_killed_broker_comes_back_with_its_durable_queues(own_broker: Broker) -> None:
    with _connection(own_broker) as connection:
        connection.SimpleQueue("kept").put("a letter")

    own_broker.kill()
    own_broker.start()

    with _connection(own_broker) as connection:
        assert connection.SimpleQueue("kept").get(timeout=10).payload == "a letter"


@pytest.mark.timeout(120)
def test_a_memory_alarm_blocks_publishers_until_it_is_lifted(own_broker: Broker) -> None:
    heard = []
    with amqp.Connection(
        f"127.0.0.1:{own_broker.ports.amqp}",
        on_blocked=lambda _reason: heard.append("blocked"),
        on_unblocked=lambda: heard.append("unblocked"),
    ) as connection:
        own_broker.memory_alarm(True)
        connection.channel().basic_publish(amqp.Message("anything"), routing_key="nowhere")
        connection.drain_events(timeout=20)
        own_broker.memory_alarm(False)
        connection.drain_events(timeout=20)

    assert heard == ["blocked", "unblocked"]


@pytest.mark.timeout(120)
def test_a_killed_database_comes_back_with_what_was_acknowledged(own_database: Database) -> None:
    with MongoClient(own_database.uri) as client:
        client.kept.letters.insert_one({"_id": 1})

    own_database.kill()
    own_database.start()

    with MongoClient(own_database.uri) as client:
        assert client.kept.letters.find_one() == {"_id": 1}


def _connection(broker: Broker) -> kombu.Connection:
    return kombu.Connection(broker.uri, transport_options={"confirm_publish": True})
