"""What waits for a socket goes out in order, unless it is too late or belongs to an earlier connection."""

from math import inf

from services.chassis.amqp.outbox import WHOLE_WRITE_BYTES, Entry, Outbox

LONG_AGO = 0.0


def outbox(*entries: Entry) -> Outbox:
    made = Outbox()
    for entry in entries:
        made.put(entry)
    return made


def test_what_waits_is_joined_in_order() -> None:
    waiting = outbox(Entry(b"a"), Entry(b"b", inf, 2), Entry(b"c"))

    assert waiting.take(epoch=2) == b"abc"


def test_what_is_late_or_of_an_earlier_connection_is_left_out() -> None:
    waiting = outbox(Entry(b"a", LONG_AGO), Entry(b"b", inf, 1), Entry(b"c"))

    assert waiting.take(epoch=2) == b"c"


def test_one_write_has_a_sensible_size() -> None:
    half = b"x" * (WHOLE_WRITE_BYTES // 2)
    waiting = outbox(Entry(half), Entry(half), Entry(b"rest"))

    assert (len(waiting.take(epoch=1)), waiting.take(epoch=1)) == (WHOLE_WRITE_BYTES, b"rest")


def test_while_nothing_goes_out_the_late_ones_are_forgotten_and_the_others_stay() -> None:
    waiting = outbox(Entry(b"a", LONG_AGO), Entry(b"b", inf, 1), Entry(b"c"), Entry(b"d", LONG_AGO))

    waiting.forget(epoch=2)

    assert len(waiting) == 2
