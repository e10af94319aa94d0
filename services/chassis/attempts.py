"""One attempt at work that this process owes: how it ends, and what of a failure is said and kept."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from logging import getLogger
from typing import Any

from services.chassis import metrics
from services.chassis.context import Call
from services.chassis.mongo import Database
from services.chassis.settings import PREFIX, WrongSetting, read
from services.chassis.store import unavailable

LONGEST_ERROR = 2000

_ended = metrics.counter("jobs", "Events, timers and follow-ups, by how an attempt at them ended.", ["job", "outcome"])
_log = getLogger(__name__)


class Outcome(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    SKIPPED = "skipped"  # it was done before, or is kept or held elsewhere
    WAITING = "waiting"
    PARKED = "parked"
    UNAVAILABLE = "unavailable"  # nothing was written; the same must be tried again


class Settled(Exception):
    """There is nothing to do: the work was done, is kept for later, or is held by somebody else."""


class Job:
    """Work that a method of the service does, within `call`; `kind` groups it for whoever counts."""

    kind: str
    name: str
    call: Call

    def run(self, database: Database, method: Callable[..., Any]) -> Outcome:
        """Let the method do it once; never raises."""
        try:
            outcome = self._attempt(database, method)
        except Exception as error:  # noqa: BLE001  # whatever it was, nothing is written, so it must be tried again
            _log.warning("%s cannot be done now, and will be tried again: %s", self.name, _place(error))
            outcome = Outcome.UNAVAILABLE
        _ended.labels(self.kind, outcome).inc()
        return outcome

    def _attempt(self, database: Database, method: Callable[..., Any]) -> Outcome:
        try:
            return self.carry_out(database, method)
        except Settled:
            return Outcome.SKIPPED
        except Exception as error:
            if unavailable(error):
                raise
            outcome = self.fail(said(error))
            _log.warning("%s failed, and is %s: %s", self.name, outcome, _place(error))
            return outcome

    def carry_out(self, database: Database, method: Callable[..., Any]) -> Outcome:
        """Do it. May raise anything, Settled among it."""
        raise NotImplementedError

    def fail(self, error: str) -> Outcome:
        """Write down that it failed. May raise PyMongoError."""
        raise NotImplementedError


def said(error: Exception) -> str:
    """The error as it is kept with the work."""
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR].encode("utf-8", "replace").decode()


def _place(error: Exception) -> str:
    """The error's class and where it arose; its message may hold personal data, and stays out of the log."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return f"{type(error).__name__}{where}"


@dataclass(frozen=True, kw_only=True)
class RetrySettings:
    """The pauses, in seconds, after each failure; after one failure more the work is parked."""

    retry_seconds: str = "1,10,60,600"


@cache
def retry_schedule() -> tuple[float, ...]:
    """The pauses of this process. Raises WrongSetting."""
    text = read(RetrySettings).retry_seconds
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise WrongSetting(f"{PREFIX}RETRY_SECONDS is {text!r}, which is no list of seconds.") from None


def pause_after(failures: int, schedule: tuple[float, ...]) -> float | None:
    """Seconds to wait after so many failures (at least one); None when it is enough, and the work is parked."""
    return schedule[failures - 1] if failures <= len(schedule) else None
