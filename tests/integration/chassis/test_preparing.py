"""The processes of a service start at the same instant, on a database where nothing is yet."""

from concurrent.futures import ThreadPoolExecutor

from services.chassis.settings import Settings
from services.chassis.store import connect, prepare
from tests.probes.counters import CounterStore


def test_several_processes_prepare_one_database_at_once(settings: Settings) -> None:
    database = connect(settings, "probe")

    with database.client, ThreadPoolExecutor(8) as processes:
        prepared = [processes.submit(prepare, database, CounterStore) for _ in range(8)]

        assert [each.exception() for each in prepared] == [None] * 8
        assert database["installation"].find_one() == {"_id": "epoch", "value": 1}
