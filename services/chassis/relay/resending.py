"""Sending stored events again to one queue, on request: the rows of `replays`, worked off by the relay."""

from collections.abc import Callable
from logging import getLogger

from services.chassis.errors import Unavailable
from services.chassis.mongo import Database, Document
from services.chassis.relay.messages import Messages
from services.chassis.relay.outlet import Outlet
from services.chassis.relay.tenure import Tenure
from services.chassis.replay import REPLAYS

LOOK_SECONDS = 2.0
BATCH = 100
ATTEMPTS = 5

_log = getLogger(__name__)


class Resending:
    """Works off what was asked for, one after the other, beside all other business."""

    def __init__(self, database: Database, messages: Messages, outlet_to: Callable[[str], Outlet]) -> None:
        self._replays = database[REPLAYS]
        self._messages = messages
        self._outlet_to = outlet_to

    def run(self, tenure: Tenure) -> None:
        """Look for requests until the tenure is over. Raises PyMongoError; run again, it goes on where it was."""
        while tenure.holds():
            asked = self._replays.find_one({"state": "waiting"}, sort=[("_id", 1)])
            if asked is None:
                tenure.pause(LOOK_SECONDS)
            else:
                self._attempt(asked, tenure)

    def _attempt(self, asked: Document, tenure: Tenure) -> None:
        try:
            with self._outlet_to(asked["queue"]) as outlet:
                self._resend(asked, outlet, tenure)
        except Unavailable as why:
            attempts = asked["attempts"] + 1
            _log.warning("The replay to %s does not get on: %s", asked["queue"], why)
            state = "failed" if attempts >= ATTEMPTS else "waiting"
            self._note(asked, attempts=attempts, state=state, reason=str(why))

    def _resend(self, asked: Document, outlet: Outlet, tenure: Tenure) -> None:
        position = asked["position"]
        while messages := self._messages.between(position, asked["until"], asked["types"], BATCH):
            if not tenure.holds():
                return
            if outlet.publish(messages):
                raise Unavailable("The queue is full.")
            position = messages[-1].position
            self._note(asked, position=position)
        self._note(asked, state="done", position=asked["until"])

    def _note(self, asked: Document, **changes: object) -> None:
        self._replays.update_one({"_id": asked["_id"], "state": "waiting"}, {"$set": changes})
