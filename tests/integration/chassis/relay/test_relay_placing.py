"""Placing reads what it needs: the new events and the one before each, however long their histories are."""

from typing import Any

import pytest
from pymongo import MongoClient, monitoring

from services.chassis.clock import now
from services.chassis.ids import new_id
from services.chassis.relay.ledger import RELAY, Ledger
from services.chassis.relay.messages import Messages
from services.chassis.relay.placing import Placing
from services.chassis.replay import EventLog
from services.chassis.settings import Settings
from services.chassis.store import prepare

STREAMS = 40


class Rows(monitoring.CommandListener):
    """Counts the events that the database gave."""

    def __init__(self) -> None:
        self.count = 0

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Of no interest."""

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        cursor = event.reply.get("cursor", {})
        if cursor.get("ns", "").endswith(".events"):
            self.count += len(cursor.get("firstBatch", cursor.get("nextBatch", ())))

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Of no interest."""


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def database(settings: Settings, rows: Rows) -> Any:
    with MongoClient[dict[str, Any]](settings.mongodb_uri, tz_aware=True, event_listeners=[rows]) as client:
        database = client[settings.database("probe")]
        prepare(database)
        database[RELAY].insert_one({"_id": RELAY, "fence": 1, "next_position": 10_000})
        yield database


def an_event(stream: int, sequence: int, **placed: Any) -> dict[str, Any]:
    named = {"_id": new_id(), "type": "counter.raised", "stream": f"s{stream}", "subject": f"s{stream}"}
    told = {"time": now(), "actor": "agent/alice", "correlationid": "c", "data": {}}
    return named | told | {"sequence": sequence} | (placed or {"new": True})


def test_only_new_events_and_their_predecessors_are_read(settings, database, rows):
    for stream in range(STREAMS):
        history = [an_event(stream, at, position=100 * stream + at) for at in range(1, stream + 1)]
        database["events"].insert_many([*history, an_event(stream, stream + 1)])
    log = EventLog(database, installation=settings.installation, service="probe")

    placed = Placing(database, Ledger(database, 1), Messages(log)).place()

    assert placed == STREAMS
    assert rows.count == STREAMS + (STREAMS - 1)  # all but the first have one before them
