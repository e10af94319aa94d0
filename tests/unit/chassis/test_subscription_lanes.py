"""Lanes keep the order within a subject."""

import threading

from services.chassis.subscriptions.lanes import Lanes
from tests.waiting import eventually


def test_only_the_first_of_a_lane_calls_a_walker() -> None:
    lanes = Lanes[int]()

    assert [lanes.add("a", 1), lanes.add("a", 2), lanes.add("b", 3)] == [True, False, True]


def test_a_walker_gets_what_is_in_its_lane_in_order() -> None:
    lanes = Lanes[int]()
    for item in (1, 2, 3):
        lanes.add("a", item)

    walked = [lanes.next("a") for _ in range(4)]

    assert walked == [1, 2, 3, None]


def test_a_lane_that_was_walked_to_its_end_calls_a_walker_again() -> None:
    lanes = Lanes[int]()
    lanes.add("a", 1)
    while lanes.next("a") is not None:
        pass

    assert lanes.add("a", 2)


def test_who_waits_is_told_when_the_last_walk_is_over() -> None:
    lanes = Lanes[int]()
    lanes.add("a", 1)
    waiting = threading.Thread(target=lanes.wait_until_empty, daemon=True)
    waiting.start()

    lanes.next("a")
    assert waiting.is_alive()
    lanes.next("a")

    assert eventually(lambda: not waiting.is_alive())
