"""A row of work that a method of the service ends: the row goes in the transaction of the method's effect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.chassis import crash
from services.chassis.attempts import Job, Outcome, Settled, pause_after
from services.chassis.claims import Claim, Claims
from services.chassis.context import Call
from services.chassis.mongo import Database
from services.chassis.store import Unit, run_unit


@dataclass
class Owed(Job):
    """A claimed row. Whoever moved or cancelled it meanwhile wins, since it is then no longer held."""

    kind: str
    name: str
    call: Call
    collection: str
    claim: Claim
    claims: Claims
    schedule: tuple[float, ...]

    def finish(self, database: Database, effect: Callable[[], Any]) -> Outcome:
        """Run the effect, in the transaction that deletes the row. Raises Settled when the row is not held."""

        def work() -> None:
            unit = Unit.required()
            unit.when_open(lambda: self._delete(unit))
            effect()
            crash.point("after_handler")
            unit.session()

        run_unit(database, self.call, work)
        return Outcome.DONE

    def fail(self, error: str) -> Outcome:
        """Keep the row for its next attempt, or park it."""
        return Outcome(self.claims.fail(self.claim, pause_after(self.claim.attempts + 1, self.schedule), error))

    def _delete(self, unit: Unit) -> None:
        if not unit.database[self.collection].delete_one(self.claim.held, session=unit.session()).deleted_count:
            raise Settled
