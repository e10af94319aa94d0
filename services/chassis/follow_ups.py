"""`@followed`: a method that hears what became of a command which a transaction owed to another service."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from inspect import signature
from typing import Any, Protocol

from services.chassis.attempts import Outcome, retry_schedule
from services.chassis.claims import Claim, Claims
from services.chassis.context import Call, using
from services.chassis.due_work import FOLLOW_UPS, DueWork
from services.chassis.errors import Fault, Internal, Unavailable
from services.chassis.mongo import Database
from services.chassis.owed import Owed
from services.chassis.rpc.provider import Calls
from services.chassis.workers import Finished, JobEntrypoint, entering

RUNNING_SECONDS = 30.0


class Asks(Protocol):
    """Where commands go."""

    def call(self, service: str, method: str, args: dict[str, Any], call: Call) -> tuple[Any, bool]:
        """The result of a command of another service, and whether it is an earlier one. Raises Fault."""


@dataclass
class FollowUp(Owed):
    """A command that is owed."""

    asks: Asks

    def carry_out(self, database: Database, method: Callable[..., Any]) -> Outcome:
        """Give the command, with the row's key; then tell the method, in the transaction that deletes the row."""
        row = self.claim.row
        heard: dict[str, Any] = {"result": None}
        try:
            heard["result"], _ = self.asks.call(row["service"], row["command"], row["args"], self.call)
        except (Unavailable, Internal):
            raise
        except Fault as refusal:
            if "error" not in signature(method).parameters:
                raise
            heard["error"] = refusal
        with using(self.call.keyed(None)):
            return self.finish(database, lambda: method(row["key"], **heard, **row["args"]))


def follow_up_of(claim: Claim, claims: Claims, asks: Asks, schedule: tuple[float, ...]) -> FollowUp:
    """The follow-up of a claimed row, in the name of who owes it."""
    key: str = claim.row["_id"]
    deadline = Call.begin(seconds=RUNNING_SECONDS).deadline
    call = replace(Call.from_headers(claim.row["call"]), deadline=deadline, idempotency_key=key)
    kind = f"follow-up {claim.row['name']}"
    return FollowUp(kind, f"follow-up {key}", call, FOLLOW_UPS.collection, claim, claims, schedule, asks)


class Followed(JobEntrypoint):
    """The entrypoint of the follow-ups of one name."""

    due_work = DueWork()
    calls = Calls()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def setup(self) -> None:
        """Let follow-ups of this name be run here."""
        self.due_work.register(FOLLOW_UPS, self.name, self.begin_follow_up)

    def stop(self) -> None:
        """Begin no more; return when all that runs has ended."""
        self.due_work.drain()

    def begin_follow_up(self, claims: Claims, claim: Claim, finished: Finished) -> None:
        """Give a command that is owed."""
        self.begin(follow_up_of(claim, claims, self.calls.client, retry_schedule()), finished)


def followed(name: str) -> Callable[[Callable[..., Any]], Any]:
    """Let the method hear what became of the follow-ups of this name: `method(self, key, result, **args)`.

    Every name that `store.follow_up` is given needs one. With a parameter `error` the method is also told of a refusal,
    as a Fault and without a result; without it, a refusal is a failure, tried again and in the end parked. A mistake of
    the other service (`internal`) refuses nothing, and is a failure in any case.
    """
    return entering(Followed(name))
