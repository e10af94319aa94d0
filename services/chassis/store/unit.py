"""A unit of work: one transaction at most, opened at the first access, run again as a whole when it lost a race."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from contextvars import ContextVar
from time import sleep
from typing import Any, Self, TypeVar

import pymongo
from pymongo import ReadPreference
from pymongo.client_session import ClientSession
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from services.chassis import crash
from services.chassis.context import Call
from services.chassis.errors import Unavailable
from services.chassis.mongo import Database

T = TypeVar("T")

StoreFailure = PyMongoError  # whatever the driver raises
DURABLE = WriteConcern("majority", j=True)
ASK_AGAIN_SECONDS = 0.05
FIRST_PAUSE_SECONDS = 0.002
LONGEST_PAUSE_SECONDS = 0.25
ABORT_SECONDS = 1.0
GONE_CODES = frozenset({6, 7, 50, 89, 91, 189, 202, 262, 9001, 10107, 11600, 11602, 13435, 13436})

_running: ContextVar["Unit | None"] = ContextVar("unit", default=None)


class LostRace(PyMongoError):
    """Somebody else changed the aggregate since it was read; the unit runs again as a whole."""

    def __init__(self, aggregate: Any) -> None:
        super().__init__(f"{type(aggregate).__name__} {aggregate.id} was changed by somebody else.")
        self._add_error_label("TransientTransactionError")


class Unit:
    """The transaction of one entrypoint. A method that runs in it has no effect but through it."""

    def __init__(self, database: Database, call: Call) -> None:
        self.database = database
        self.call = call
        self._session: ClientSession | None = None
        self._opening: list[Callable[[], None]] = []
        self._committed: list[Callable[[], None]] = []

    @staticmethod
    def current() -> "Unit | None":
        """The unit that runs here, if one does."""
        return _running.get()

    @staticmethod
    def required() -> "Unit":
        """The unit that runs here. Raises RuntimeError where none does: nothing is written outside of one."""
        unit = _running.get()
        if unit is None:
            raise RuntimeError("Nothing is written outside of a command, a subscription or a timer.")
        return unit

    @property
    def open(self) -> bool:
        """Whether the transaction has begun: from here on nobody else may be asked."""
        return self._session is not None

    def session(self) -> ClientSession:
        """The session of the transaction, begun now if it had not been."""
        if self._session is None:
            self._session = self.database.client.start_session(causal_consistency=False)
            self._session.start_transaction(
                read_concern=ReadConcern("snapshot"), write_concern=DURABLE, read_preference=ReadPreference.PRIMARY
            )
            for act in self._opening:
                act()
        return self._session

    def when_open(self, act: Callable[[], None]) -> None:
        """Let `act` be the first access of the transaction, whenever it begins."""
        self._opening.append(act)

    def after_commit(self, tell: Callable[[], None]) -> None:
        """Call `tell` once the transaction stands; it must not fail, and it may be lost in a crash."""
        self._committed.append(tell)

    def commit(self) -> None:
        """Commit; an unknown result is asked for again until the deadline."""
        if self._session is not None:
            self._commit(self._session)
        for tell in self._committed:
            tell()

    def _commit(self, session: ClientSession) -> None:
        crash.point("before_commit")
        while True:
            try:
                session.commit_transaction()
                break
            except PyMongoError as error:
                if not error.has_error_label("UnknownTransactionCommitResult") or self.call.expired:
                    raise
                sleep(ASK_AGAIN_SECONDS)
        crash.point("after_commit")
        self._end()

    def abort(self) -> None:
        """Leave no trace."""
        if self._session is not None and self._session.in_transaction:
            with suppress(PyMongoError), pymongo.timeout(ABORT_SECONDS):  # the server forgets it by itself
                self._session.abort_transaction()
        self._end()

    def _end(self) -> None:
        if self._session is not None:
            self._session.end_session()
            self._session = None

    def __enter__(self) -> Self:
        self._token = _running.set(self)
        return self

    def __exit__(self, *_: Any) -> None:
        _running.reset(self._token)


def transaction_open() -> bool:
    """Whether a transaction is open here, so that nobody else may be asked."""
    unit = Unit.current()
    return unit is not None and unit.open


def run_unit(database: Database, call: Call, work: Callable[[], T]) -> T:
    """Run `work` as one transaction, as a whole again on a transient error until the call's deadline.

    Raises what `work` raises, and Unavailable when the database does not answer in time.
    """
    pause = FIRST_PAUSE_SECONDS
    while True:
        unit = Unit(database, call)
        try:
            with unit, pymongo.timeout(max(call.remaining(), 0.001)):
                result = work()
                unit.commit()
                return result
        except PyMongoError as error:
            unit.abort()
            if not transient(error) or call.remaining() <= pause:
                raise as_fault(error) from error
        except BaseException:
            unit.abort()
            raise
        sleep(random.uniform(0, pause))  # jitter
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def within(seconds: float) -> AbstractContextManager[None]:
    """Let no access to the database in this block take longer; what does raises StoreFailure."""
    bound: AbstractContextManager[None] = pymongo.timeout(seconds)
    return bound


def transient(error: PyMongoError) -> bool:
    """Whether running the whole transaction again may help."""
    return error.has_error_label("TransientTransactionError") and not error.timeout


def unavailable(error: BaseException) -> bool:
    """Whether the error says only that the database cannot be reached or has no primary now."""
    if isinstance(error, Unavailable | ConnectionFailure):
        return True
    if isinstance(error, PyMongoError) and (error.timeout or error.has_error_label("TransientTransactionError")):
        return True
    return isinstance(error, OperationFailure) and error.code in GONE_CODES


def as_fault(error: PyMongoError) -> Exception:
    """Unavailable where the database is away or contended beyond the deadline; else the error itself, a defect."""
    return Unavailable("The database does not answer in time.") if unavailable(error) else error
