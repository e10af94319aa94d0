"""`@timer`: a method that runs at a stored instant, once, in whichever replica is there."""

from collections.abc import Callable
from typing import Any

from services.chassis.attempts import Outcome, retry_schedule
from services.chassis.claims import Claim, Claims
from services.chassis.context import SYSTEM, Call
from services.chassis.due_work import TIMERS, DueWork
from services.chassis.mongo import Database
from services.chassis.owed import Owed
from services.chassis.workers import Finished, JobEntrypoint, entering

RUNNING_SECONDS = 30.0


class Ringing(Owed):
    """A timer whose instant has come."""

    def carry_out(self, database: Database, method: Callable[..., Any]) -> Outcome:
        """Run the method in the transaction that deletes the timer."""
        row = self.claim.row
        return self.finish(database, lambda: method(row["key"], **row["args"]))


class Timer(JobEntrypoint):
    """The entrypoint of the timers of one name."""

    due_work = DueWork()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def setup(self) -> None:
        """Let timers of this name be run here."""
        self.due_work.register(TIMERS, self.name, self.begin_timer)

    def stop(self) -> None:
        """Begin no more; return when all that runs has ended."""
        self.due_work.drain()

    def begin_timer(self, claims: Claims, claim: Claim, finished: Finished) -> None:
        """Run a timer that is due."""
        call = Call.begin(SYSTEM, seconds=RUNNING_SECONDS)
        kind, name = f"timer {self.name}", f"timer {claim.row['_id']}"
        self.begin(Ringing(kind, name, call, TIMERS.collection, claim, claims, retry_schedule()), finished)


def timer(name: str) -> Callable[[Callable[..., Any]], Any]:
    """Let the method run when a timer of this name, set by `store.set_timer`, is due: `method(self, key, **args)`.

    It may set itself again. A failure is tried again like that of an event, and in the end parked.
    """
    return entering(Timer(name))
