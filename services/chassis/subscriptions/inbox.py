"""The inbox: which handler has done which event, written in the transaction of the effect; and what still waits."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from services.chassis import due
from services.chassis.attempts import Settled
from services.chassis.claims import Claim, State
from services.chassis.clock import now
from services.chassis.mongo import Database
from services.chassis.store import Unit
from services.chassis.subscriptions.decisions import PREDECESSOR_SECONDS, Order
from services.chassis.subscriptions.envelope import Envelope

INBOX = "inbox"
PROGRESS = "progress"
AT_ONCE = [{"$set": {"due_at": "$$NOW"}}]
TURN_DONE = {
    "$set": {"state": State.DONE},
    "$unset": dict.fromkeys(("event", "raw", "error", "due_at", "owner", "until"), ""),
    "$currentDate": {"at": True},
}


class Overtaken(Exception):
    """The subject is further on already."""


class Inbox:
    """The inbox of one service's database. Everything here may raise PyMongoError."""

    def __init__(self, database: Database) -> None:
        self._inbox = database[INBOX]
        self._progress = database[PROGRESS]

    def done_so_far(self, consumer: str, subject: str) -> int:
        """The last sequence of the subject that this consumer did, 0 when it did none."""
        row = self._progress.find_one({"_id": f"{consumer}|{subject}"})
        return 0 if row is None else int(row["sequence"])

    def knows(self, consumer: str, subject: str, sequence: int) -> bool:
        """Whether this event of the subject was done, or is kept."""
        wanted = {"consumer": consumer, "subject": subject, "sequence": sequence}
        return self._inbox.find_one(wanted, {"_id": 1}) is not None

    def finish(self, claim: Claim) -> None:
        """An event that was kept has nothing to do any more."""
        self._inbox.update_one(claim.held, TURN_DONE)

    def keep(
        self,
        consumer: str,
        event: Envelope,
        *,
        pause: float | None = PREDECESSOR_SECONDS,
        failures: int = 0,
        error: str | None = None,
    ) -> State:
        """Keep an event that could not be done, due after `pause` seconds, or parked without one."""
        return self._keep(
            _key(consumer, event),
            _due(pause),
            consumer=consumer,
            subject=event.subject,
            sequence=event.sequence,
            event=event.text,
            attempts=failures,
            error=error,
        )

    def keep_raw(self, queue: str, name: str, body: str, error: str) -> State:
        """Park a body (in base64) of that queue that cannot be read."""
        return self._keep(f"{queue}|{name}", _due(None), consumer=queue, raw=body, attempts=1, error=error)

    def _keep(self, key: str, due_at: datetime | None, **row: Any) -> State:
        state = State.PARKED if due_at is None else State.WAITING
        row |= {"state": state, "at": now(), "fence": 0} | ({} if due_at is None else {"due_at": due_at})
        with suppress(DuplicateKeyError):  # somebody else kept it or did it this very moment
            self._inbox.update_one({"_id": key}, {"$setOnInsert": row}, upsert=True)
        return state


def begin(consumer: str, event: Envelope, order: Order, claim: Claim | None) -> None:
    """Open the running transaction with the row that says that this event is done.

    Raises Settled where the row is there already, or is not held any more, and Overtaken.
    """
    unit = Unit.required()
    session = unit.session()
    if claim is None:
        _insert_done(unit.database, session, consumer, event)
    else:
        _turn_done(unit.database, session, claim)
    if order is not Order.EACH:
        _advance(unit.database, session, f"{consumer}|{event.subject}", event.sequence, order)
    if order is Order.STRICT:
        _hurry_successor(unit, session, consumer, event)


def _insert_done(database: Database, session: ClientSession, consumer: str, event: Envelope) -> None:
    row = {"_id": _key(consumer, event), "consumer": consumer, "subject": event.subject, "sequence": event.sequence}
    try:
        database[INBOX].insert_one(row | {"state": State.DONE, "at": now()}, session=session)
    except DuplicateKeyError as error:
        raise Settled from error


def _turn_done(database: Database, session: ClientSession, claim: Claim) -> None:
    if not database[INBOX].update_one(claim.held, TURN_DONE, session=session).matched_count:
        raise Settled


def _advance(database: Database, session: ClientSession, key: str, sequence: int, order: Order) -> None:
    """Move the subject's progress here. Only what was one step before may follow where the order is strict."""
    first = sequence == 1 or order is Order.LATEST
    before: Mapping[str, Any] = {"sequence": sequence - 1 if order is Order.STRICT else {"$lt": sequence}}
    try:
        moved = database[PROGRESS].update_one(
            {"_id": key, **before}, {"$set": {"sequence": sequence}}, upsert=first, session=session
        )
    except DuplicateKeyError as error:  # it is there, and further on
        raise Overtaken from error
    if not first and not moved.matched_count:
        raise Overtaken


def _hurry_successor(unit: Unit, session: ClientSession, consumer: str, event: Envelope) -> None:
    successor = {"consumer": consumer, "subject": event.subject, "sequence": event.sequence + 1}
    waiting = successor | {"state": State.WAITING}
    if unit.database[INBOX].update_one(waiting, AT_ONCE, session=session).matched_count:
        unit.after_commit(due.changed)


def _key(consumer: str, event: Envelope) -> str:
    return f"{consumer}|{event.id}"


def _due(pause: float | None) -> datetime | None:
    return None if pause is None else now() + timedelta(seconds=pause)
