"""Writing the probe's log, and comparing it with what came out of it."""

from collections import defaultdict

from services.chassis.context import Call
from services.chassis.errors import NotFound
from services.chassis.store import Database, Duplicate, run_unit
from tests.probes.counters import Counter, CounterStore
from tests.probes.readers import Reader


def raise_counters(store: CounterStore, subject: str, times: int) -> None:
    """Raise a counter so many times, each in a transaction of its own; races are fine."""
    for _ in range(times):
        try:
            run_unit(store.database, Call.begin(seconds=30), lambda: _raise(store, subject))
        except Duplicate:  # another thread opened it at the same time
            run_unit(store.database, Call.begin(seconds=30), lambda: _raise(store, subject))


def _raise(store: CounterStore, subject: str) -> Counter:
    try:
        return store.bump(subject)
    except NotFound:
        return store.open(subject)


def assert_the_feed_is_the_log(reader: Reader, database: Database) -> None:
    """Every event of the log came, and nothing else; first deliveries of a subject came in sequence."""
    first = reader.first()
    sequences = defaultdict(list)
    for event in first.values():
        sequences[event["subject"]].append(int(event["sequence"]))

    assert set(first) == {row["_id"] for row in database["events"].find({}, {"_id": 1})}
    assert {subject: list(range(1, len(found) + 1)) for subject, found in sequences.items()} == sequences
    assert all(event == first[event["id"]] for event in reader.events)
