"""A team's own consumer: counts each event in its own database, exactly once.

`python -m tests.probes.sample_consumer <each|strict> <amqp uri> <queue> <sqlite file | mongodb uri and database>`
"""

import signal
import sqlite3
import sys
from typing import Any

from pymongo import MongoClient

from services.chassis.consumer import Consumer, Order
from services.chassis.consumer.mongo import MongoInbox
from services.chassis.consumer.sqlite import SqliteInbox


class SqliteTally:
    """Counts in a file."""

    def __init__(self, path: str) -> None:
        self.database = sqlite3.connect(path, timeout=30)
        self.database.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS tally (subject TEXT, sequence INTEGER)"
        )
        self.inbox = SqliteInbox(self.database, consumer="sample")

    def count(self, event, done) -> None:
        """One more, together with the inbox's row."""
        with self.database:
            self.database.execute("INSERT INTO tally VALUES (?, ?)", (event.subject, event.sequence))
            done(self.database)

    def counted(self) -> list[tuple[str, int]]:
        """What was counted, in that order."""
        return self.database.execute("SELECT subject, sequence FROM tally ORDER BY rowid").fetchall()


class MongoTally:
    """Counts in a collection."""

    def __init__(self, uri: str, name: str) -> None:
        self.client: MongoClient[dict[str, Any]] = MongoClient(uri)
        self.tally = self.client[name]["tally"]
        self.inbox = MongoInbox(self.client[name], consumer="sample")

    def count(self, event, done) -> None:
        """One more, together with the inbox's row."""
        with self.client.start_session() as session, session.start_transaction():
            self.tally.insert_one({"subject": event.subject, "sequence": event.sequence}, session=session)
            done(session)

    def counted(self) -> list[tuple[str, int]]:
        """What was counted, in that order."""
        return [(row["subject"], row["sequence"]) for row in self.tally.find().sort("$natural")]


def main(order: str, amqp_uri: str, queue: str, *where: str) -> None:
    """Count until told to stop."""
    tally = SqliteTally(*where) if len(where) == 1 else MongoTally(*where)
    consumer = Consumer(amqp_uri, queue, ["counter.*"], tally.inbox, tally.count, order=Order(order))
    signal.signal(signal.SIGTERM, lambda *_: consumer.stop())
    consumer.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
