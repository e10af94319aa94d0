"""The gate that holds work back while what it needs is unavailable."""

import threading

import pytest

from services.chassis.subscriptions.gate import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Gate
from tests.waiting import eventually


class Time:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Visitor:
    """Somebody who wants to enter, in a thread of their own."""

    def __init__(self, gate: Gate) -> None:
        self.entered: list[bool] = []
        self._gate = gate
        self._thread = threading.Thread(target=self._enter, daemon=True)
        self._thread.start()

    def _enter(self) -> None:
        self.entered.append(self._gate.enter())


def test_an_open_gate_lets_everybody_in() -> None:
    gate = Gate()

    assert gate.enter()
    assert gate.enter()


def test_after_a_failure_one_may_try_and_its_success_lets_the_others_in() -> None:
    time = Time()
    gate = Gate(time)
    gate.failed()
    time.seconds = FIRST_PAUSE_SECONDS

    assert gate.enter()
    waiting = Visitor(gate)
    assert not waiting.entered
    gate.passed()

    assert eventually(lambda: waiting.entered) == [True]


def test_nobody_enters_before_the_pause_is_over() -> None:
    gate = Gate(Time())

    gate.failed()
    waiting = Visitor(gate)

    assert not waiting.entered
    gate.stop()
    assert eventually(lambda: waiting.entered) == [False]


def test_the_pause_doubles_with_every_failed_try_up_to_its_limit() -> None:
    time, pauses = Time(), []
    gate = Gate(time)
    gate.failed()
    for _ in range(8):
        pauses.append(gate.rest)
        time.seconds += gate.rest
        gate.enter()
        gate.failed()

    assert pauses == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS])


def test_those_who_fail_together_count_as_one_failure() -> None:
    gate = Gate(Time())
    for _ in range(50):
        gate.failed()

    assert gate.rest == pytest.approx(FIRST_PAUSE_SECONDS)


def test_a_success_forgets_the_pauses_before() -> None:
    time = Time()
    gate = Gate(time)
    for _ in range(5):
        gate.failed()
        time.seconds += gate.rest
        gate.enter()

    gate.passed()
    gate.failed()

    assert gate.rest == pytest.approx(FIRST_PAUSE_SECONDS)


def test_a_stopped_gate_lets_nobody_in() -> None:
    gate = Gate()

    gate.stop()

    assert not gate.enter()
