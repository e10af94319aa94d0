"""What a service tells of its log by RPC, and what it lets its relay send again."""

import pytest
from kombu import Connection, Queue

from services.chassis.context import Actor, Call
from services.chassis.errors import Forbidden, NotFound
from services.chassis.rpc import Client
from tests.probes.feeds import raise_counters
from tests.probes.processes import service_process, variables_of
from tests.waiting import eventually

ADMIN = Actor(kind="agent", id="alice", roles=("admin",))
ANYBODY = Actor(kind="agent", id="bob")

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def ask(settings, store, database, start_relay, tmp_path):
    """Asks the probe, whose five events are published."""
    raise_counters(store, "a", 5)
    start_relay()
    eventually(lambda: database["relay"].find_one({"published": 5}), within=30)
    client = Client(settings.amqp_uri)
    client.start()

    def ask(method, by=ANYBODY, **args):
        return client.call("probe", method, args, Call.begin(by, seconds=20))[0]

    with service_process(tmp_path / "probe.log", "tests.probes.publishing:probe", **variables_of(settings)) as process:
        process.wait_ready()
        yield ask
    client.close()


def test_the_log_is_told_page_by_page(ask):
    first = ask("list_events", limit=3)
    rest = ask("list_events", after=first["next"], types=["counter.raised"])

    assert [int(event["sequence"]) for event in first["items"] + rest["items"]] == [1, 2, 3, 4, 5]
    assert rest["next"] is None
    assert ask("events_of", subject="a", family="counter", after=4) == rest["items"][1:]


def test_an_admin_has_events_sent_again_to_a_queue(ask, amqp_uri):
    with Connection(amqp_uri) as connection:
        queue = Queue("late", durable=True)(connection.default_channel)
        queue.queue_declare()
        third = ask("list_events")["items"][2]["position"]

        ask("replay_events", by=ADMIN, queue="late", **{"from": third})

        eventually(lambda: queue.queue_declare(passive=True).message_count == 2, within=20)


def test_nobody_else_may_have_events_sent_again(ask):
    with pytest.raises(Forbidden):
        ask("replay_events", queue="late")


def test_the_schema_of_a_type_is_told(ask):
    assert ask("get_event_schema", type="counter.raised")["$id"] == "urn:madoguchi:event:counter.raised:1"
    with pytest.raises(NotFound):
        ask("get_event_schema", type="counter.raised", major=2)
    with pytest.raises(NotFound):
        ask("get_event_schema", type="counter.exploded")
