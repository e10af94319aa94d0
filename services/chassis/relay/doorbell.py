"""The doorbell: rings when something was written to the log. No more than a hint; the log itself is the truth."""

import threading

import pymongo

from services.chassis.mongo import Database, Document
from services.chassis.relay.ledger import STATEMENT_SECONDS
from services.chassis.relay.tenure import Tenure
from services.chassis.store.log import EVENTS

LOOK_MILLISECONDS = 2000
WRITTEN: list[Document] = [{"$match": {"operationType": "insert"}}, {"$project": {"_id": 1}}]


def ring(database: Database, bell: threading.Event, tenure: Tenure) -> None:
    """Ring the bell at every write until the tenure is over. Raises PyMongoError."""
    with database[EVENTS].watch(WRITTEN, max_await_time_ms=LOOK_MILLISECONDS) as stream:
        bell.set()
        while tenure.holds():
            with pymongo.timeout(STATEMENT_SECONDS):
                rings = stream.try_next() is not None
            if rings:
                bell.set()
