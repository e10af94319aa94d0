"""The consumer kit on a real broker: redelivery, reordering and kills count each ticket once."""

import json
import random
import subprocess
import sys
import threading

import pytest
from kombu import Connection, Exchange, Producer

from services.chassis import names, topology
from services.chassis.consumer import EACH, STRICT, Consumer
from tests.probes.relays import REPOSITORY
from tests.probes.sample_consumer import MongoTally, SqliteTally
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(180)

SUBJECTS, SEQUENCES = ("a", "b", "c"), range(1, 41)
ALL = sorted((subject, sequence) for subject in SUBJECTS for sequence in SEQUENCES)


@pytest.fixture(params=["sqlite", "mongodb"])
def where(request, tmp_path, mongodb_uri, database_name):
    return [str(tmp_path / "tally.db")] if request.param == "sqlite" else [mongodb_uri, database_name]


@pytest.fixture
def tally(where):
    tally = SqliteTally(*where) if len(where) == 1 else MongoTally(*where)
    yield tally
    (tally.database if isinstance(tally, SqliteTally) else tally.client).close()


@pytest.fixture
def start_sample(amqp_uri, where):
    started = []

    def start(order):
        command = [sys.executable, "-m", "tests.probes.sample_consumer", order, amqp_uri, "sample", *where]
        started.append(subprocess.Popen(command, cwd=REPOSITORY))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.requirement("N2")
@pytest.mark.parametrize("order", [EACH, STRICT])
def test_each_event_counts_once_under_redelivery_reordering_and_kills(order, amqp_uri, tally, start_sample):
    sample = start_sample(order)
    wait_until_consumed(amqp_uri)
    events = [an_event(*which) for which in ALL * 2]
    random.Random(7).shuffle(events)

    publish(amqp_uri, events)
    for seen in (10, 40, 70):
        eventually(lambda seen=seen: len(tally.counted()) >= seen, within=40)
        sample.kill()
        sample = start_sample(order)

    eventually(lambda: len(tally.counted()) >= len(ALL), within=30)
    eventually(lambda: empty(amqp_uri), within=30)
    assert sorted(tally.counted()) == ALL
    assert tally.inbox.gaps() == []
    assert order is EACH or in_sequence(tally.counted())


@pytest.mark.requirement("N2")
def test_two_replicas_share_the_work_and_count_each_event_once(amqp_uri, tally, start_sample):
    start_sample(EACH)
    start_sample(EACH)
    wait_until_consumed(amqp_uri, replicas=2)

    publish(amqp_uri, [an_event(*which) for which in ALL * 3])

    eventually(lambda: len(tally.counted()) >= len(ALL), within=30)
    eventually(lambda: empty(amqp_uri), within=30)
    assert sorted(tally.counted()) == ALL


def test_the_stream_is_read_again_from_its_beginning_without_a_second_effect(amqp_uri, tmp_path):
    topology.declare_at(amqp_uri, topology.PUBLIC)
    publish(amqp_uri, [an_event("a", sequence) for sequence in SEQUENCES])
    late = str(tmp_path / "late.db")

    for further in (0, 5):
        publish(amqp_uri, [an_event("b", sequence) for sequence in range(1, further + 1)])
        read_stream(amqp_uri, late, until=len(SEQUENCES) + further)

    counted = SqliteTally(late).counted()
    assert counted == [("a", number) for number in SEQUENCES] + [("b", number) for number in range(1, 6)]


def an_event(subject, sequence):
    """An event as the relay publishes it; the same subject and sequence give the same id."""
    return {
        "specversion": "1.0",
        "id": f"{subject}-{sequence}",
        "source": "/madoguchi/local/probe",
        "type": "counter.raised",
        "subject": subject,
        "sequence": f"{sequence:020d}",
        "data": {},
    }


def publish(amqp_uri, events):
    """Publish them to other teams, in this order."""
    with Connection(amqp_uri, transport_options={"confirm_publish": True}) as connection:
        producer = Producer(connection, Exchange(names.PUBLIC_EXCHANGE, "topic"), auto_declare=False)
        for event in events:
            producer.publish(json.dumps(event), routing_key=event["type"], content_type=names.EVENT_CONTENT_TYPE)


def wait_until_consumed(amqp_uri, replicas=1):
    """Return once so many processes consume, which they do after all bindings are there."""
    eventually(lambda: (queue := queue_of(amqp_uri)) and queue.consumer_count == replicas, within=20)


def empty(amqp_uri):
    """Whether nothing is ready in the sample's queue."""
    return queue_of(amqp_uri).message_count == 0


def queue_of(amqp_uri):
    with Connection(amqp_uri) as connection:
        try:
            return connection.default_channel.queue_declare("sample", passive=True)
        except connection.channel_errors:
            return None


def in_sequence(counted):
    return all([number for each, number in counted if each == subject] == list(SEQUENCES) for subject in SUBJECTS)


def read_stream(amqp_uri, path, until):
    """Read the public stream from its first event until so many have been counted, with one inbox for all times."""
    ready = threading.Event()

    def run():
        tally = SqliteTally(path)

        def count(event, done):
            tally.count(event, done)
            if len(tally.counted()) == until:
                ready.set()

        consumer.append(
            Consumer(amqp_uri, names.PUBLIC_STREAM, [], tally.inbox, count, stream_offset="first", prefetch=10)
        )
        consumer[0].run()
        tally.database.close()

    consumer: list[Consumer] = []
    thread = threading.Thread(target=run)
    thread.start()
    arrived = ready.wait(20)
    consumer[0].stop()
    thread.join()
    assert arrived
