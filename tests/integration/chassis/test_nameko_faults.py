"""What nameko does by itself under faults, row by row of the design's table, and that the chassis does not.

Every test runs in two houses: on the chassis, where it passes, and on nameko alone, where it must fail.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.broker import Broker
from deploy.local.ports import free_ports
from services.chassis.settings import Settings
from tests.probes.houses import Chassis, House, Plain, ends, tell_to_stop
from tests.waiting import eventually

IN_FLIGHT = 8
MANY = 30

FAULTY = pytest.mark.xfail(raises=AssertionError, strict=True, reason="nameko alone has this fault")
HOUSES = [pytest.param(Chassis, id="chassis"), pytest.param(Plain, id="nameko alone", marks=FAULTY)]

pytestmark = pytest.mark.timeout(150)


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


def row(text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The row of the table that the test shows."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        test.__doc__ = text
        return test

    return mark


@row("SIGTERM: workers finish, but the connection is closed before their acks: every in-flight message runs twice")
def test_what_runs_at_sigterm_does_not_run_again(house: House) -> None:
    first = house.start_consuming()
    for _ in range(IN_FLIGHT):
        house.request("work", lasting=1.0)
    eventually(lambda: house.trace.count("began") == IN_FLIGHT)

    tell_to_stop(first)
    assert ends(first, within=30)
    assert house.trace.count("ended") == IN_FLIGHT
    house.start_consuming()
    house.request("work")
    eventually(lambda: house.trace.count("ended") >= IN_FLIGHT + 1)

    assert house.trace.count("began") == IN_FLIGHT + 1


@row("an event whose handler raised is acked and gone")
def test_an_event_that_went_wrong_once_is_tried_again(house: House) -> None:
    house.start_consuming(house.events)

    house.happen("accident", wrong="once")

    eventually(lambda: house.trace.count("heard accident") == 1)


@row("an event whose body cannot be decoded is acked and gone")
def test_an_event_that_cannot_be_read_is_kept_for_somebody_who_can(house: House) -> None:
    house.start_consuming(house.events)

    house.publish_event(b'{"trace": "\xff')
    house.happen("afterwards")
    eventually(lambda: house.trace.count("heard afterwards") == 1)

    eventually(lambda: house.kept() == 1)


@row("with `requeue_on_error` a hot loop")
def test_an_event_that_always_goes_wrong_is_not_tried_without_end(house: House) -> None:
    house.start_consuming(house.events, variant="RequeueingService")

    house.happen("disaster", wrong="always")
    eventually(lambda: house.trace.count("tried disaster") >= 3)
    house.happen("afterwards")
    eventually(lambda: house.trace.count("heard afterwards") == 1)

    assert house.trace.count("tried disaster") == 3


@row("a broker outage over 4 s: a worker that finishes an RPC meanwhile kills the whole process")
def test_a_worker_that_finishes_during_an_outage_does_not_end_its_process(shaken: tuple[House, Broker]) -> None:
    house, broker = shaken
    running = house.start_consuming()
    house.request("work", lasting=1.0)
    eventually(lambda: house.trace.count("began") == 1)

    broker.kill()
    eventually(lambda: house.trace.count("ended") == 1)

    assert not ends(running, within=15)


@row("a broker memory or disk alarm: a publish hangs until it clears, even inside `eventlet.Timeout`")
def test_a_caller_does_not_wait_for_a_blocked_broker_beyond_its_patience(shaken: tuple[House, Broker]) -> None:
    house, broker = shaken
    house.start_consuming()
    house.request("ask_other_twice")
    eventually(lambda: house.trace.count("waits") == 1)

    broker.memory_alarm(True)
    house.trace.write("go")

    eventually(lambda: house.trace.count("gave up") == 2, within=15)


@row("an RPC to a service without consumers waits for ever; each timed-out call leaks an entry")
def test_a_call_to_a_service_that_is_not_there_ends_and_leaves_nothing(house: House) -> None:
    house.start_consuming()

    house.request("leave_nothing")

    eventually(lambda: house.trace.count("left 0") == 1)


@row("changing the arguments of a queue loops on 406, never ready, deaf to SIGTERM")
def test_a_queue_of_other_arguments_does_not_make_it_deaf(house: House) -> None:
    with house.channel() as channel:
        channel.queue_declare(house.requests, durable=True, auto_delete=False, arguments={"x-max-length": 17})
    running = house.start()
    assert not ends(running, within=8)

    tell_to_stop(running)

    assert ends(running, within=28)


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


@row("all message headers become context and leak into every message sent from there")
def test_headers_of_strangers_go_no_further(house: House) -> None:
    house.start_consuming()
    with house.channel() as channel:
        channel.queue_declare("rpc.other.v1", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.queue_declare("rpc-other", durable=True, auto_delete=False)
        channel.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False)
        channel.queue_bind("rpc-other", "nameko-rpc", "other.*")

        house.request("tell_other", headers={"x-secret": "of a stranger"})
        told = eventually(lambda: channel.basic_get("rpc.other.v1") or channel.basic_get("rpc-other"))

    assert "of a stranger" not in str(told.headers)


@row("two processes bind one HTTP port without a word (SO_REUSEPORT)")
def test_a_second_process_on_a_port_ends_with_an_error(house: House) -> None:
    (port,) = free_ports(1)
    first = house.start("WebService", health_port=port)
    assert not ends(first, within=5)

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
        eventually(lambda: house.consumers(house.requests) == 2, within=40)
        house.request("wind_up")

    rung = eventually(lambda: [deed for deed in house.trace.read() if deed.startswith("rang")][3:], within=40)

    assert rung
    eventually(lambda: len(Counter(house.trace.read())) >= 4)
    assert set(Counter(house.trace.read()).values()) == {1}
