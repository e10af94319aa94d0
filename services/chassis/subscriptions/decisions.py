"""What is to be done with an event, decided from what is stored; nothing here reads or writes."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

PREDECESSOR_SECONDS = 1.0
LONGEST_SECONDS = 60.0
FETCH_AFTER = timedelta(seconds=10)
MOST_DELIVERIES = 20


class Order(StrEnum):
    """What the order of events means to a handler."""

    EACH = "each"  # every event once, in any order
    LATEST = "latest"  # only what is newer than all that was seen of its subject
    STRICT = "strict"  # every event of a subject, one after the other


EACH, LATEST, STRICT = Order


class Turn(StrEnum):
    """Whether an event may run now."""

    RUN = "run"
    SKIP = "skip"
    WAIT = "wait"


def turn(order: Order, *, sequence: int, done: int) -> Turn:
    """The turn of an event of this sequence, when its subject was `done` so far (0: never)."""
    if order is Order.EACH:
        return Turn.RUN
    if sequence <= done:
        return Turn.SKIP
    return Turn.WAIT if order is Order.STRICT and sequence > done + 1 else Turn.RUN


def deadly(deliveries: int) -> bool:
    """Whether a message came so often that it must be what kills its consumers."""
    return deliveries > MOST_DELIVERIES


def given_up_waiting(waited: timedelta) -> bool:
    """Whether a predecessor is late enough to be fetched from its owner's log."""
    return waited >= FETCH_AFTER


def pause_of_early(waited: timedelta) -> float:
    """Seconds until an event that waits for its predecessor looks again, though nobody called it.

    The predecessor's transaction calls it; this is for the one that was kept in that very moment, so that a
    parked predecessor with a thousand successors does not cost a thousand looks a second.
    """
    return min(max(waited.total_seconds() / 10, PREDECESSOR_SECONDS), LONGEST_SECONDS)


def family(type: str) -> str:
    """The first word of an event's type, which names its aggregate."""
    return type.partition(".")[0]


def bindings(order: Order, types: Sequence[str], families: Sequence[str] = ()) -> set[str]:
    """The routing keys that a handler needs: a strict one all of its families, the others only what they read."""
    if order is not Order.STRICT:
        return set(types)
    return {f"{name}.*" for name in {*families, *map(family, types)}}
