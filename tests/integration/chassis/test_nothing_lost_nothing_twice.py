"""Nothing lost, nothing twice: whatever breaks, the effects are those of the event log, exactly."""

from itertools import count
from time import monotonic

import pytest

from deploy.local.broker import Broker, BrokerPorts
from deploy.local.database import Database
from deploy.local.ports import free_ports
from services.chassis.rpc import Client
from services.chassis.settings import Settings
from services.chassis.store import connect
from tests.probes.kept import Kept
from tests.probes.load import Load
from tests.probes.processes import ServiceProcess, variables_of
from tests.waiting import eventually

COMMANDS = 1000
COUNTERS = 20
OUTAGE_SECONDS = 20
ALARM_SECONDS = 8

COMMAND_POINTS = ("before_commit:100", "after_commit:100")
RELAY_POINTS = ("relay_after_placing:5", "relay_before_publish:5", "relay_after_publish:5")
HANDLER_POINTS = ("before_commit:100", "after_commit:100", "after_handler:100", "before_ack:100")

pytestmark = pytest.mark.timeout(170)


class House:
    """A service of counters, its relay and a listener, on a broker and a database of their own."""

    def __init__(self, home, broker, database):
        self.broker = broker
        self.database = database
        self._home = home
        self._numbers = count()
        self.settings = Settings(mongodb_uri=database.uri, amqp_uri=broker.uri, database_prefix="house")
        self.counted = connect(self.settings, "counters")
        self.heard = connect(self.settings, "listener")
        self.client = Client(broker.uri)
        self.client.start()

    def keep(self, service, crash_points=(), **options):
        """A replica that is started again whenever it dies."""

        def start(crash_at):
            log = self._home / f"{service.rpartition(':')[2]}-{next(self._numbers)}.log"
            given = variables_of(self.settings) | {"crash_at": crash_at, "retry_seconds": "1,1,1"} | options
            return ServiceProcess(log, service, **given)

        return Kept(start, crash_points)

    def close(self):
        self.client.close()
        self.counted.client.close()
        self.heard.client.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    home = tmp_path_factory.mktemp("house")
    broker = Broker(home / "broker", BrokerPorts(*free_ports(3)))
    database = Database(home / "mongod", *free_ports(1))
    broker.start()
    database.start()
    house = House(home, broker, database)
    yield house
    house.close()
    broker.stop()
    database.stop()


@pytest.fixture(scope="module")
def people(house):
    """Everybody works; the listener is first, so that its queue is there before anything is published."""
    with house.keep("tests.probes.listener:listener") as listener:
        listener.lives[-1].wait_ready()
        with (
            house.keep("tests.probes.counting:counters") as counters,
            house.keep("counters", module="services.chassis.relay"),
        ):
            counters.lives[-1].wait_ready()
            yield


def a_load(house, name):
    return Load(house.client, name, COMMANDS, COUNTERS)


def log_of(house, load):
    """{counter: [(event id, value) in sequence]}"""
    log = {counter: [] for counter in load.counters}
    rows = house.counted["events"].find({"subject": {"$in": load.counters}}).sort([("subject", 1), ("sequence", 1)])
    for row in rows:
        log[row["subject"]].append((row["_id"], row["data"]["value"]))
    return log


def effects_of(house, load):
    """What the three handlers made of it."""
    mine = {"counter": {"$in": load.counters}}
    return {
        "each": {row["_id"] for row in house.heard["each"].find(mine)},
        "latest": {row["_id"]: row["value"] for row in house.heard["latest"].find({"_id": {"$in": load.counters}})},
        "strict": {row["_id"]: row["values"] for row in house.heard["strict"].find({"_id": {"$in": load.counters}})},
    }


def effects_wanted(log):
    return {
        "each": {id for events in log.values() for id, _ in events},
        "latest": {counter: events[-1][1] for counter, events in log.items()},
        "strict": {counter: [value for _, value in events] for counter, events in log.items()},
    }


def assert_nothing_is_lost_and_nothing_twice(house, load, within=60):
    answers = load.values()
    log = log_of(house, load)
    per_counter = COMMANDS // COUNTERS

    assert sorted(answers) == sorted(list(range(1, per_counter + 1)) * COUNTERS)
    assert {counter: [value for _, value in events] for counter, events in log.items()} == {
        counter: list(range(per_counter + 1)) for counter in load.counters
    }
    eventually(lambda: same(effects_of(house, load), effects_wanted(log)), within)
    assert eventually(lambda: house.heard["inbox"].count_documents({"state": {"$ne": "done"}}) == 0, within)


def same(effects, wanted):
    assert effects == wanted
    return True


def test_processes_that_are_killed_at_every_crash_point_lose_nothing_and_do_nothing_twice(house):
    with house.keep("tests.probes.listener:listener") as listener:
        listener.lives[-1].wait_ready()
    listening = house.keep("tests.probes.listener:listener", HANDLER_POINTS)
    counting = house.keep("tests.probes.counting:counters", COMMAND_POINTS)
    relaying = house.keep("counters", RELAY_POINTS, module="services.chassis.relay")
    with listening, counting, relaying:
        load = a_load(house, "killed")

        assert_nothing_is_lost_and_nothing_twice(house, load, within=100)

    assert listening.crashes == names_of(HANDLER_POINTS)
    assert counting.crashes == names_of(COMMAND_POINTS)
    assert relaying.crashes == names_of(RELAY_POINTS)


def test_a_broker_that_restarts_under_load_loses_nothing(house, people):
    load = a_load(house, "restarted")
    eventually(lambda: load.answered > COMMANDS // 5, within=60)

    house.broker.restart()

    assert_nothing_is_lost_and_nothing_twice(house, load, within=90)


def test_a_broker_that_is_short_of_memory_loses_nothing(house, people):
    load = a_load(house, "blocked")
    eventually(lambda: load.answered > COMMANDS // 5, within=60)

    house.broker.memory_alarm(True)
    pass_by(ALARM_SECONDS)
    house.broker.memory_alarm(False)

    assert_nothing_is_lost_and_nothing_twice(house, load)


def test_a_database_that_is_away_for_twenty_seconds_loses_nothing(house, people):
    load = a_load(house, "away")
    eventually(lambda: load.answered > COMMANDS // 5, within=60)

    house.database.stop()
    pass_by(OUTAGE_SECONDS)
    house.database.start()

    assert_nothing_is_lost_and_nothing_twice(house, load)


def names_of(crash_points):
    return [point.partition(":")[0] for point in crash_points]


def pass_by(seconds):
    """Let an outage last."""
    end = monotonic() + seconds
    eventually(lambda: monotonic() > end, within=seconds + 5)
