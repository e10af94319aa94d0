"""An inbox in SQLite: `done` joins the transaction that is open on the connection given to it."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from .event import Event
from .inbox import AlreadyDone

TABLES = """
CREATE TABLE IF NOT EXISTS inbox (
    consumer TEXT, id TEXT, subject TEXT, sequence INTEGER, done INTEGER, reason TEXT, due_at REAL, event TEXT,
    PRIMARY KEY (consumer, id));
CREATE INDEX IF NOT EXISTS inbox_in_sequence ON inbox (consumer, subject, sequence);
CREATE INDEX IF NOT EXISTS inbox_due ON inbox (consumer, due_at) WHERE NOT done;
CREATE TABLE IF NOT EXISTS inbox_progress (
    consumer TEXT, subject TEXT, sequence INTEGER, PRIMARY KEY (consumer, subject));
"""
DONE = """
INSERT INTO inbox (consumer, id, subject, sequence, done) VALUES (?, ?, ?, ?, 1)
ON CONFLICT DO UPDATE SET done = 1, reason = NULL, due_at = NULL, event = NULL WHERE NOT done
"""
REACHED = """
INSERT INTO inbox_progress (consumer, subject, sequence) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET sequence = max(sequence, excluded.sequence)
"""
LATER = """
INSERT INTO inbox (consumer, id, subject, sequence, done, reason, due_at, event) VALUES (?, ?, ?, ?, 0, ?, ?, ?)
ON CONFLICT DO UPDATE SET reason = excluded.reason, due_at = excluded.due_at WHERE NOT done
"""
DUE = "SELECT event FROM inbox WHERE consumer = ? AND NOT done AND due_at <= ? ORDER BY subject, sequence"
GAPS = """
WITH known AS (
    SELECT subject, sequence, lag(sequence, 1, 0) OVER (PARTITION BY subject ORDER BY sequence) AS before
    FROM inbox WHERE consumer = ?)
SELECT subject, before, sequence FROM known WHERE sequence > before + 1
"""


class SqliteInbox:
    """The inbox of one consumer. `database` is the connection on which the handler works, too."""

    def __init__(self, database: sqlite3.Connection, consumer: str) -> None:
        self._database = database
        self._consumer = consumer
        database.executescript(TABLES)

    def seen(self, event_id: str) -> bool:
        """Whether the event had its effect."""
        return bool(self._ask("SELECT 1 FROM inbox WHERE consumer = ? AND id = ? AND done", event_id))

    def done(self, event: Event, transaction: sqlite3.Connection) -> None:
        """Note within the transaction that the event has its effect. Raises AlreadyDone."""
        noted = transaction.execute(DONE, (self._consumer, event.id, event.subject, event.sequence))
        if noted.rowcount != 1:
            raise AlreadyDone(event.id)
        transaction.execute(REACHED, (self._consumer, event.subject, event.sequence))

    def later(self, event: Event, reason: str, due_at: datetime | None) -> None:
        """Keep the event; whatever the handler left open on the connection is given up."""
        self._database.rollback()
        due = due_at.timestamp() if due_at else None
        row = (self._consumer, event.id, event.subject, event.sequence, reason, due, event.text())
        with self._database:
            self._database.execute(LATER, row)

    def due(self, at: datetime) -> Sequence[Event]:
        """The kept events that are due."""
        return [Event.read(text) for (text,) in self._ask(DUE, at.timestamp())]

    def reached(self, subject: str) -> int:
        """The last sequence of the subject that is done."""
        found = self._ask("SELECT sequence FROM inbox_progress WHERE consumer = ? AND subject = ?", subject)
        return int(found[0][0]) if found else 0

    def gaps(self) -> Sequence[tuple[str, int]]:
        """(subject, sequence) of what never came; it looks as far back as done rows are kept."""
        found = self._ask(GAPS)
        return [(subject, number) for subject, before, after in found for number in range(before + 1, after)]

    def _ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.execute(question, (self._consumer, *values)).fetchall()
