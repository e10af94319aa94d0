"""The one clock: the database's time, known here by an offset that is measured again and again."""

import threading
from datetime import UTC, datetime, timedelta
from logging import getLogger
from time import monotonic

from pymongo.errors import PyMongoError

from services.chassis.mongo import Database

MEASURE_SECONDS = 30.0
LONGEST_TRIP = timedelta(seconds=1)

_log = getLogger(__name__)
_offset = timedelta()


def now() -> datetime:
    """The database's time: aware, UTC, whole milliseconds (all that MongoDB keeps)."""
    return whole_milliseconds(datetime.now(UTC) + _offset)


def whole_milliseconds(instant: datetime) -> datetime:
    """The instant as MongoDB will give it back."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def measure(database: Database) -> timedelta:
    """Set the offset from one question to the database, half of the round trip allowed for. Raises PyMongoError.

    An answer that took long says little about the time; the last offset stays.
    """
    global _offset
    asked, before = datetime.now(UTC), monotonic()
    answer: datetime = database.command("hello")["localTime"]
    trip = timedelta(seconds=monotonic() - before)
    if trip < LONGEST_TRIP:
        _offset = answer.replace(tzinfo=UTC) - (asked + trip / 2)
    return _offset


def follow(database: Database, stop: threading.Event, seconds: float = MEASURE_SECONDS) -> threading.Thread:
    """Measure now and then every `seconds`, in a thread of its own, until `stop` is set."""

    def run() -> None:
        while True:
            try:
                measure(database)
            except PyMongoError as error:
                _log.warning("The database's time is unknown for now; the last offset stays: %s", error)
            if stop.wait(seconds):
                return

    thread = threading.Thread(target=run, name="clock", daemon=True)
    thread.start()
    return thread
