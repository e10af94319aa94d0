"""What is to be done with an event."""

from datetime import timedelta

import pytest

from services.chassis.attempts import pause_after
from services.chassis.subscriptions.decisions import (
    EACH,
    LATEST,
    STRICT,
    Turn,
    bindings,
    deadly,
    given_up_waiting,
    pause_of_early,
    turn,
)


@pytest.mark.parametrize("sequence", [1, 5, 9])
def test_a_handler_of_each_runs_whatever_was_done_before(sequence: int) -> None:
    assert turn(EACH, sequence=sequence, done=5) is Turn.RUN


@pytest.mark.parametrize(("sequence", "expected"), [(4, Turn.SKIP), (5, Turn.SKIP), (6, Turn.RUN), (9, Turn.RUN)])
def test_a_handler_of_the_latest_runs_what_is_newer_than_all_it_did(sequence: int, expected: Turn) -> None:
    assert turn(LATEST, sequence=sequence, done=5) is expected


@pytest.mark.parametrize(("sequence", "expected"), [(5, Turn.SKIP), (6, Turn.RUN), (7, Turn.WAIT)])
def test_a_strict_handler_waits_for_the_predecessor(sequence: int, expected: Turn) -> None:
    assert turn(STRICT, sequence=sequence, done=5) is expected


def test_a_strict_handler_begins_with_the_first_event() -> None:
    assert turn(STRICT, sequence=1, done=0) is Turn.RUN
    assert turn(STRICT, sequence=2, done=0) is Turn.WAIT


def test_each_failure_waits_longer_until_the_event_is_parked() -> None:
    pauses = [pause_after(failures, (1.0, 10.0, 60.0, 600.0)) for failures in range(1, 6)]

    assert pauses == [1.0, 10.0, 60.0, 600.0, None]


def test_a_message_that_came_more_than_twenty_times_is_deadly() -> None:
    assert not deadly(20)
    assert deadly(21)


def test_a_predecessor_is_fetched_after_ten_seconds() -> None:
    assert not given_up_waiting(timedelta(seconds=9.9))
    assert given_up_waiting(timedelta(seconds=10))


@pytest.mark.parametrize(("waited", "pause"), [(0.1, 1.0), (10, 1.0), (100, 10.0), (86400, 60.0)])
def test_who_waits_long_for_a_predecessor_looks_less_often(waited: float, pause: float) -> None:
    assert pause_of_early(timedelta(seconds=waited)) == pause


def test_only_a_strict_handler_hears_what_it_does_not_read() -> None:
    types = ("ticket.created", "ticket.solved")

    assert bindings(EACH, types) == {"ticket.created", "ticket.solved"}
    assert bindings(STRICT, types, ("activity",)) == {"ticket.*", "activity.*"}
