"""The consumer kit without a broker: what becomes of each event that is taken."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.chassis import consumer
from services.chassis.consumer import EACH, STRICT, Event, Undecodable
from services.chassis.consumer.handling import Handling
from services.chassis.consumer.sqlite import SqliteInbox
from tests.waiting import eventually

TOMORROW = datetime.now(UTC) + timedelta(days=1)


class Tally:
    """Counts every event of a subject in SQLite, in the transaction of the inbox."""

    def __init__(self, order=EACH, missing=None, failures=0):
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE TABLE tally (subject TEXT, sequence INTEGER)")
        self.inbox = SqliteInbox(self.database, "tally")
        self.failures = failures
        self.handling = Handling(self.inbox, self.count, order, missing, gap_seconds=0)

    def count(self, event, done):
        with self.database:
            self.database.execute("INSERT INTO tally VALUES (?, ?)", (event.subject, event.sequence))
            if self.failures:
                self.failures -= 1
                raise ValueError("not today")
            done(self.database)

    def take(self, *sequences):
        for sequence in sequences:
            self.handling.take(an_event(sequence))

    @property
    def counted(self):
        return [sequence for (sequence,) in self.database.execute("SELECT sequence FROM tally ORDER BY rowid")]


def an_event(sequence, subject="a"):
    raw = {"id": f"{subject}-{sequence}", "source": "/madoguchi/local/tickets", "type": "ticket.held"}
    return Event(
        **raw,
        subject=subject,
        sequence=sequence,
        data={},
        raw=raw
        | {
            "subject": subject,
            "sequence": f"{sequence:020d}",
            "data": {},
        },
    )


@pytest.mark.requirement("N2")
def test_an_event_that_comes_again_has_no_second_effect():
    tally = Tally()

    tally.take(1, 1, 2, 1, 2)

    assert tally.counted == [1, 2]


@pytest.mark.requirement("N2")
def test_a_strict_handler_sees_a_subject_in_sequence_whatever_the_order_of_delivery():
    tally = Tally(order=STRICT)
    tally.take(3, 1, 4, 2, 2)

    eventually(lambda: tally.handling.bring_back() or len(tally.counted) == 4)

    assert tally.counted == [1, 2, 3, 4]


def test_a_strict_handler_asks_for_what_never_came():
    tally = Tally(order=STRICT, missing=lambda event, after: [an_event(n) for n in range(after + 1, event.sequence)])

    tally.take(4)

    assert tally.counted == [1, 2, 3, 4]


def test_a_gap_is_known_until_it_is_filled():
    tally = Tally()

    tally.take(1, 4)
    before = tally.inbox.gaps()
    tally.take(2, 3)

    assert (before, tally.inbox.gaps()) == ([("a", 2), ("a", 3)], [])


def test_a_failed_handler_leaves_no_trace_and_is_tried_again():
    tally = Tally(failures=1)
    tally.take(1)
    assert tally.counted == []

    eventually(lambda: tally.handling.bring_back() or tally.counted)

    assert tally.counted == [1]


def test_an_effect_without_a_call_of_done_is_a_failure_that_is_kept():
    tally = Tally()
    forgetful = Handling(tally.inbox, lambda event, done: None, EACH, None)

    forgetful.take(an_event(1))

    assert [event.id for event in tally.inbox.due(TOMORROW)] == ["a-1"]


def test_a_strict_consumer_refuses_an_inbox_that_cannot_bring_back():
    class Forgetful:
        def seen(self, event_id): ...

        def done(self, event, transaction): ...

        def later(self, event, reason, due_at): ...

    with pytest.raises(TypeError, match="brings back"):
        Handling(Forgetful(), lambda event, done: None, STRICT, None)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b'{"id": "1", "sequence": "x"}'])
def test_what_is_no_event_is_said_so(body):
    with pytest.raises(Undecodable):
        Event.read(body)


def test_the_kit_stands_alone(tmp_path):
    shutil.copytree(Path(consumer.__file__).parent, tmp_path / "kit")
    alone = "import sys, kit.sqlite; assert not [m for m in sys.modules if m.startswith(('services', 'pymongo'))]"

    subprocess.run([sys.executable, "-c", alone], cwd=tmp_path, check=True)
