"""A strict handler that misses an event asks its owner for it."""

import pytest

from services.chassis.context import Call
from services.chassis.rpc import Client
from services.chassis.settings import Settings
from services.chassis.store import connect
from tests.probes.processes import service_process, variables_of
from tests.waiting import eventually


@pytest.fixture
def settings(mongodb_uri, amqp_uri, database_name):
    return Settings(mongodb_uri=mongodb_uri, amqp_uri=amqp_uri, database_prefix=database_name)


@pytest.fixture
def running(settings, tmp_path):
    """Starts processes that end with the test."""
    processes = []

    def running(service, **options):
        process = service_process(tmp_path / f"{len(processes)}.log", service, **variables_of(settings), **options)
        processes.append(process)
        return process.__enter__()

    yield running
    for process in processes:
        process.__exit__(None, None, None)


@pytest.fixture
def client(amqp_uri):
    client = Client(amqp_uri)
    client.start()
    yield client
    client.close()


def test_a_handler_that_came_late_gets_what_was_published_before_it_was_there(running, client, settings):
    running("tests.probes.counting:counters").wait_ready()
    running("counters", module="services.chassis.relay")
    for command in ("open_counter", "raise_counter", "raise_counter"):
        client.call("counters", command, {"id": "a"}, Call.begin(seconds=20))
    counted, heard = connect(settings, "counters"), connect(settings, "listener")
    eventually(lambda: counted["relay"].find_one({"published": 3}), within=30)

    running("tests.probes.listener:listener").wait_ready()
    client.call("counters", "raise_counter", {"id": "a"}, Call.begin(seconds=20))

    row = eventually(lambda: heard["inbox"].find_one({"consumer": "listener.write_strict", "state": "waiting"}))
    heard["inbox"].update_one({"_id": row["_id"]}, [{"$set": {"at": {"$subtract": ["$at", 10_000]}}}])
    eventually(lambda: (heard["strict"].find_one({"_id": "a"}) or {}).get("values") == [0, 1, 2, 3], within=20)
    counted.client.close()
    heard.client.close()
