"""What nameko does by itself under faults, row by row of the design's table, and that the chassis does not: processes.

Every test runs in two houses: on the chassis, where it passes, and on nameko alone, where it must fail.
"""

from collections import Counter
from contextlib import closing
from http.client import HTTPConnection

import pytest

from deploy.local.broker import Broker
from deploy.local.ports import free_ports, is_listening
from tests.probes.faults_chassis import INSTANTS
from tests.probes.house_on_chassis import Chassis
from tests.probes.houses import House, ends, given, row, tell_to_stop
from tests.waiting import eventually

MANY = 30

pytestmark = pytest.mark.timeout(150)


@row("a broker outage over 4 s: a worker that finishes an RPC meanwhile kills the whole process")
def test_a_worker_that_finishes_during_an_outage_does_not_end_its_process(shaken: tuple[House, Broker]) -> None:
    house, broker = shaken
    running = house.start_consuming()
    house.request("work", lasting=1.0)
    given(lambda: house.trace.count("began") == 1)

    broker.kill()
    given(lambda: house.trace.count("ended") == 1)

    assert not ends(running, within=15)


@row("changing the arguments of a queue loops on 406, never ready, deaf to SIGTERM")
def test_a_queue_of_other_arguments_does_not_make_it_deaf(house: House) -> None:
    with house.channel() as channel:
        channel.queue_declare(house.requests, durable=True, auto_delete=False, arguments={"x-max-length": 17})
    running = house.start()
    given(lambda: not ends(running, within=8))
    said = house.says(running)

    tell_to_stop(running)

    assert ends(running, within=28)
    assert f"queue '{house.requests}'" in said


@row("broker down at start: exits after 3.5 s")
def test_a_broker_that_is_away_at_the_start_is_waited_for(shaken: tuple[House, Broker]) -> None:
    house, broker = shaken
    broker.stop()
    running = house.start("AnnouncingService")
    assert not ends(running, within=12)

    broker.start()
    eventually(lambda: house.consumers(house.requests) == 1, within=40)
    house.request("work")

    eventually(lambda: house.trace.count("ended") == 1)


@row("two processes bind one HTTP port without a word (SO_REUSEPORT)")
def test_a_second_process_on_a_port_ends_with_an_error(house: House) -> None:
    (port,) = free_ports(1)
    first = house.start("WebService", health_port=port)
    given(lambda: not ends(first, within=0.1) and is_listening(port))

    second = house.start("WebService", health_port=port)

    assert ends(second, within=10)
    assert second.process.returncode != 0
    assert not ends(first, within=0.1)


@row("`max_workers` and prefetch default to 10")
def test_more_than_ten_work_at_once_without_being_told(house: House) -> None:
    house.start_consuming()

    for _ in range(MANY):
        house.request("work", lasting=60.0)

    eventually(lambda: house.trace.count("began") == MANY)


@row("its timers run in every replica")
def test_a_timer_runs_in_one_replica(house: House) -> None:
    for _ in range(2):
        house.start("RingingService")
    if isinstance(house, Chassis):
        given(lambda: house.consumers(house.requests) == 2, within=40)
        house.request("wind_up")

    given(lambda: len(set(house.trace.read())) >= INSTANTS, within=40)

    assert set(Counter(house.trace.read()).values()) == {1}


@row("eventlet's WSGI buffers 4 KB of a stream")
def test_a_word_of_a_stream_arrives_before_the_next_one(house: House) -> None:
    (port,) = free_ports(1)
    house.start("StreamingService", health_port=port)
    given(lambda: is_listening(port))
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/")

    assert first_word(connection) == b"now\n"


def first_word(connection: HTTPConnection) -> bytes:
    """The beginning of an answer; nothing where none comes in time."""
    with closing(connection):
        try:
            return connection.getresponse().read1()
        except TimeoutError:
            return b""
