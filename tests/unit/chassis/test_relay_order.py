"""In which order events are placed, and which may be on their way together."""

import random

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.relay.order import Message, Unplaced, Window, placeable


def placed(*new, before=()):
    events = [Unplaced(id, subject, sequence) for id, subject, sequence in new]
    return [(event.stream, event.sequence) for event in placeable(events, dict(before))]


def messages(subjects, first=1):
    return [Message(position, f"id-{position}", "t", subject, b"") for position, subject in enumerate(subjects, first)]


def test_events_are_placed_as_they_came():
    assert placed(("3", "c", 1), ("1", "a", 1), ("2", "b", 1)) == [("a", 1), ("b", 1), ("c", 1)]


def test_a_subject_is_placed_in_sequence_whatever_its_ids_say():
    assert placed(("1", "a", 2), ("2", "b", 1), ("3", "a", 1)) == [("a", 1), ("b", 1), ("a", 2)]


def test_an_event_waits_for_its_predecessor():
    assert placed(("1", "a", 3), ("2", "b", 6), before=[("a", 1), ("b", 5)]) == [("b", 6)]


@given(st.lists(st.sampled_from("abc"), max_size=30), st.randoms())
def test_whatever_the_order_of_ids_nothing_overtakes_and_rounds_place_all(subjects, chance):
    sequence = dict.fromkeys(subjects, 0)
    waiting = []
    for subject in subjects:
        sequence[subject] += 1
        waiting.append(Unplaced(f"{chance.random():.12f}", subject, sequence[subject]))
    reached = dict.fromkeys(subjects, 0)

    while waiting:
        batch = list(placeable(waiting, reached))
        assert batch
        for event in batch:
            assert event.sequence == reached[event.stream] + 1
            reached[event.stream] = event.sequence
        waiting = [event for event in waiting if event not in batch]

    assert reached == sequence


def test_of_one_subject_only_one_message_is_on_its_way():
    window = Window(0)
    window.add(messages("aabac"))

    together = window.take(10)

    assert [message.position for message in together] == [1, 3, 5]


def test_the_next_of_a_subject_leaves_once_the_one_before_is_confirmed():
    window = Window(0)
    window.add(messages("aaa"))

    for position in (1, 2, 3):
        [message] = window.take(10)
        assert message.position == position
        window.confirm(message)

    assert (window.take(10), window.watermark, window.held) == ([], 3, 0)


def test_the_watermark_stops_before_the_first_that_is_not_confirmed():
    window = Window(10)
    window.add(messages("abc", first=11))
    first, second, third = window.take(10)

    window.confirm(second)
    window.confirm(third)
    before = window.watermark
    window.confirm(first)

    assert (before, window.watermark) == (10, 13)


def test_what_was_refused_leaves_again_before_what_follows_it():
    window = Window(0)
    window.add(messages("aab"))
    first, other = window.take(10)

    window.confirm(other)
    window.give_back(first)

    assert window.take(10) == [first]


@given(st.lists(st.sampled_from("abcd"), max_size=60), st.integers(0, 2**32))
def test_every_message_arrives_once_and_in_order_however_the_broker_behaves(subjects, seed):
    chance, window, arrived = random.Random(seed), Window(0), []
    window.add(messages(subjects))

    while batch := window.take(chance.randint(1, 5)):
        for message in batch:
            if chance.random() < 0.3:
                window.give_back(message)
            else:
                arrived.append(message)
                window.confirm(message)

    for subject in "abcd":
        own = [message.position for message in arrived if message.subject == subject]
        assert own == [position for position, each in enumerate(subjects, 1) if each == subject]
    assert (window.watermark, window.held) == (len(subjects), 0)
