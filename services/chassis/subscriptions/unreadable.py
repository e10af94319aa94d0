"""Bodies that could not be read: parked as they came, and read again when somebody asks for it."""

from base64 import b64decode
from collections.abc import Callable, Iterable

from pymongo.errors import PyMongoError

from services.chassis import due
from services.chassis.attempts import Outcome
from services.chassis.claims import Claim, Claims
from services.chassis.subscriptions.envelope import Envelope, Undecodable
from services.chassis.subscriptions.handling import Handler
from services.chassis.subscriptions.inbox import Inbox


def read_again(inbox: Inbox, claims: Claims, claim: Claim, hearing: Callable[[Envelope], Iterable[Handler]]) -> Outcome:
    """Keep the event for each of its handlers, if the body can be read by now; else park it again."""
    try:
        return _read_again(inbox, claims, claim, hearing)
    except PyMongoError:
        return Outcome.UNAVAILABLE


def _read_again(
    inbox: Inbox, claims: Claims, claim: Claim, hearing: Callable[[Envelope], Iterable[Handler]]
) -> Outcome:
    try:
        event = Envelope.decode(b64decode(claim.row["raw"]))
    except Undecodable as error:
        return Outcome(claims.fail(claim, None, str(error)))
    for handler in hearing(event):
        inbox.keep(handler.consumer, event, pause=0)
    inbox.finish(claim)
    due.changed()
    return Outcome.DONE
