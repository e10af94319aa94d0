"""The one clock is the database's, as near as a round trip lets anybody know."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis import clock
from tests.waiting import eventually

HOUR = timedelta(hours=1)


class AheadDatabase:
    """A database whose clock is an hour ahead."""

    def command(self, _: str) -> dict[str, datetime]:
        """The time as MongoDB says it."""
        return {"localTime": (datetime.now(UTC) + HOUR).replace(tzinfo=None)}


@pytest.fixture(autouse=True)
def own_offset(monkeypatch):
    monkeypatch.setattr(clock, "_offset", timedelta())


def test_the_time_of_a_real_database_is_that_of_this_machine(database):
    assert abs(clock.measure(database)) < timedelta(seconds=1)


def test_a_clock_that_is_ahead_is_followed():
    clock.measure(AheadDatabase())

    assert abs(clock.now() - datetime.now(UTC) - HOUR) < timedelta(seconds=1)


def test_an_answer_that_took_too_long_changes_nothing(monkeypatch):
    ticks = iter([0.0, 3.0])
    monkeypatch.setattr(clock, "monotonic", lambda: next(ticks))

    assert clock.measure(AheadDatabase()) == timedelta()


def test_it_is_followed_from_the_start_until_told_to_stop():
    stop = threading.Event()

    thread = clock.follow(AheadDatabase(), stop, seconds=60)

    eventually(lambda: clock.now() - datetime.now(UTC) > HOUR / 2)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


def test_instants_have_whole_milliseconds():
    assert clock.now().microsecond % 1000 == 0
