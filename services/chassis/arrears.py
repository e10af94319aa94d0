"""Arrears: how much work is parked, or long overdue because no process here knows it, for whoever watches."""

import threading
from datetime import timedelta
from logging import getLogger

from pymongo.errors import PyMongoError

from services.chassis import metrics
from services.chassis.claims import PARKED, long_due
from services.chassis.clock import now
from services.chassis.mongo import Database

WATCH_SECONDS = 10.0
OVERDUE_AFTER = timedelta(minutes=1)
COUNTED = 10_000

_parked = metrics.gauge("parked", "Rows of work that failed too often and wait for a person.", ["kind"])
_overdue = metrics.gauge("overdue", "Rows of work that should have been done a minute ago.", ["kind"])
_log = getLogger(__name__)


def measure(database: Database, collection: str) -> None:
    """Count once. Raises PyMongoError."""
    rows = database[collection]
    _parked.labels(collection).set(rows.count_documents(PARKED, limit=COUNTED))
    overdue = long_due(collection, now() - OVERDUE_AFTER)
    _overdue.labels(collection).set(rows.count_documents(overdue, limit=COUNTED))


def watch(database: Database, collection: str, stop: threading.Event) -> None:
    """Count again and again, until `stop` is set."""
    while True:
        try:
            measure(database, collection)
        except PyMongoError as error:
            _log.debug("Nobody knows how much of %s is parked: %s", collection, type(error).__name__)
        if stop.wait(WATCH_SECONDS):
            return
