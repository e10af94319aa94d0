"""What nameko does by itself under faults, row by row of the design's table, and that the chassis does not: messages.

Every test runs in two houses: on the chassis, where it passes, and on nameko alone, where it must fail.
"""

import pytest

from deploy.local.broker import Broker
from tests.probes.houses import House, ends, given, row, tell_to_stop
from tests.waiting import eventually

IN_FLIGHT = 8

pytestmark = pytest.mark.timeout(150)


@row("SIGTERM: workers finish, but the connection is closed before their acks: every in-flight message runs twice")
def test_what_runs_at_sigterm_does_not_run_again(house: House) -> None:
    first = house.start_consuming()
    for _ in range(IN_FLIGHT):
        house.request("work", lasting=1.0)
    given(lambda: house.trace.count("began") == IN_FLIGHT)

    tell_to_stop(first)
    given(lambda: ends(first, within=0.1))
    given(lambda: house.trace.count("ended") == IN_FLIGHT)
    house.start_consuming()
    house.request("work", lasting=3.0)  # so long that all that comes again has begun when it ends
    given(lambda: house.trace.count("ended") >= IN_FLIGHT + 1)

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
    given(lambda: house.trace.count("heard afterwards") == 1)

    eventually(lambda: house.kept() == 1)


@row("with `requeue_on_error` a hot loop")
def test_an_event_that_always_goes_wrong_is_not_tried_without_end(house: House) -> None:
    house.start_consuming(house.events, variant="RequeueingService")

    house.happen("disaster", wrong="always")
    given(lambda: house.trace.count("tried disaster") >= 3)
    house.happen("afterwards")
    given(lambda: house.trace.count("heard afterwards") == 1)

    assert house.trace.count("tried disaster") == 3


@row("a broker outage over 4 s: `dispatch` raises (event lost)")
def test_what_happens_during_an_outage_is_told_afterwards(shaken: tuple[House, Broker]) -> None:
    house, broker = shaken
    with house.channel() as channel:
        channel.exchange_declare("probe.events", "topic", durable=True, auto_delete=False)
        channel.queue_declare("audience", durable=True, auto_delete=False)
        channel.queue_bind("audience", "probe.events", "counter.raised")
    broker.stop()

    house.announce("one")
    broker.start()

    eventually(lambda: house.waiting("audience") == 1, within=30)


@row("a broker memory or disk alarm: a publish hangs until it clears, even inside `eventlet.Timeout`")
def test_a_caller_does_not_wait_for_a_blocked_broker_beyond_its_patience(shaken: tuple[House, Broker]) -> None:
    house, broker = shaken
    house.start_consuming()
    house.request("ask_other_twice")
    given(lambda: house.trace.count("waits") == 1)

    broker.memory_alarm(True)
    house.trace.write("go")

    eventually(lambda: house.trace.count("gave up") == 2, within=15)


@row("an RPC to a service without consumers waits for ever")
def test_a_call_to_a_service_that_is_not_there_ends(house: House) -> None:
    house.start_consuming()

    house.request("ask_other")

    eventually(lambda: house.trace.count("gave up") == 1)


@row("each timed-out call leaks an entry that can later kill the process")
def test_a_call_that_got_no_answer_leaves_nothing_behind(house: House) -> None:
    house.start_consuming()

    house.request("leave_nothing")

    eventually(lambda: house.trace.count("left 0") == 1)


@row("all message headers become context and leak into every message sent from there")
def test_headers_of_strangers_go_no_further(house: House) -> None:
    house.start_consuming()
    with house.channel() as channel:
        channel.queue_declare("rpc.other.v1", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.queue_declare("rpc-other", durable=True, auto_delete=False)
        channel.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False)
        channel.queue_bind("rpc-other", "nameko-rpc", "other.*")

        house.request("tell_other", headers={"x-secret": "of a stranger"})
        told = given(lambda: channel.basic_get("rpc.other.v1") or channel.basic_get("rpc-other"))

    assert "of a stranger" not in str(told.headers)
