"""What is due runs here: kept events, timers and follow-ups, in every replica that finds a row unclaimed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from logging import getLogger
from typing import Any

from nameko.extensions import SharedExtension
from pymongo.errors import PyMongoError

from services.chassis import arrears, due
from services.chassis.attempts import Outcome
from services.chassis.claims import Claim, Claims
from services.chassis.leases import RENEW_SECONDS
from services.chassis.mongo import Database
from services.chassis.own_database import OwnDatabase
from services.chassis.workers import Finished

LOOK_SECONDS = 1.0
AT_ONCE = 8

Start = Callable[[Claims, Claim, Finished], None]

_log = getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A collection of due rows, and the field by which a row is somebody's."""

    collection: str
    field: str


INBOX = Kind("inbox", "consumer")
TIMERS = Kind("timers", "name")
FOLLOW_UPS = Kind("follow_ups", "name")


class DueWork(SharedExtension):
    """Looks once a second, at the next known instant, and when this process itself wrote something due."""

    own = OwnDatabase()

    def __init__(self) -> None:
        self._starts: dict[Kind, dict[str, Start]] = {}
        self._loops: list[_Loop] = []
        self._draining = threading.Lock()

    def register(self, kind: Kind, name: str, start: Start) -> None:
        """Rows of this kind and name are run by `start`."""
        self._starts.setdefault(kind, {})[name] = start

    def start(self) -> None:
        """Begin to look."""
        for kind, starts in self._starts.items():
            loop = _Loop(self.own.database, kind, starts)
            self._loops.append(loop)
            self.container.spawn_managed_thread(loop.look, identifier=f"due {kind.collection}")
            self.container.spawn_managed_thread(loop.renew, identifier=f"claims on {kind.collection}")
            self.container.spawn_managed_thread(loop.watch, identifier=f"arrears of {kind.collection}")

    def drain(self) -> None:
        """Claim nothing more, and wait until what runs here has ended."""
        with self._draining:
            for loop in self._loops:
                loop.stop()
            while self._loops:
                self._loops.pop().wait_until_idle()


class _Loop:
    """The loop over one kind of rows."""

    def __init__(self, database: Database, kind: Kind, starts: dict[str, Start]) -> None:
        self._database = database
        self._claims = Claims(database, kind.collection, kind.field, starts)
        self._kind = kind
        self._starts = starts
        self._bell = due.listen()
        self._stopping = threading.Event()
        self._idle = threading.Event()
        self._reached = True
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def look(self) -> None:
        """Claim and start what is due, until told to stop."""
        while not self._stopping.is_set():
            self._room.acquire()
            self._bell.clear()
            if self._stopping.is_set() or not self._took_one():
                self._room.release()
                self._bell.wait(self._pause())

    def renew(self) -> None:
        """Hold what is running here."""
        while not self._idle.wait(RENEW_SECONDS):
            self._quietly(self._claims.renew)

    def watch(self) -> None:
        """Count what is parked or overdue."""
        arrears.watch(self._database, self._kind.collection, self._stopping)

    def stop(self) -> None:
        """Start nothing more."""
        self._stopping.set()
        self._bell.set()

    def wait_until_idle(self) -> None:
        """Return once nothing runs here."""
        for _ in range(AT_ONCE):
            self._room.acquire()
        self._idle.set()

    def _took_one(self) -> bool:
        claim = self._quietly(self._claims.take)
        if claim is None:
            return False
        start = self._starts[claim.row[self._kind.field]]
        start(self._claims, claim, lambda outcome: self._ended(claim, outcome))
        return True

    def _ended(self, claim: Claim, outcome: Outcome) -> None:
        self._claims.forget(claim)
        if outcome is Outcome.UNAVAILABLE:
            self._quietly(lambda: self._claims.give_back(claim, LOOK_SECONDS))
        self._room.release()
        self._bell.set()

    def _pause(self) -> float:
        if self._stopping.is_set():
            return 0.0
        seconds = self._quietly(lambda: self._claims.seconds_to_next(LOOK_SECONDS))
        return LOOK_SECONDS if seconds is None else seconds

    def _quietly(self, ask: Callable[[], Any]) -> Any:
        """What the database answers, or None where it does not, which is said once."""
        try:
            answer = ask()
        except PyMongoError as error:
            if self._reached:
                _log.warning("What is due of %s is unknown for now: %s", self._kind.collection, type(error).__name__)
            self._reached = False
            return None
        self._reached = True
        return answer
