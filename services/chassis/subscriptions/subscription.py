"""`@subscribe`: a method that hears what another service published."""

from collections.abc import Callable, Iterable
from inspect import getmembers
from typing import Any

from marshmallow import Schema
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from services.chassis.attempts import retry_schedule
from services.chassis.claims import Claim, Claims
from services.chassis.due_work import INBOX, DueWork
from services.chassis.own_database import OwnDatabase
from services.chassis.rpc.provider import Calls
from services.chassis.subscriptions.consumer import SourceConsumer
from services.chassis.subscriptions.decisions import EACH, Order, bindings
from services.chassis.subscriptions.envelope import Envelope
from services.chassis.subscriptions.handling import Handler, Handling, Kept
from services.chassis.subscriptions.inbox import Inbox
from services.chassis.subscriptions.predecessors import OwnersLog
from services.chassis.workers import Finished, JobEntrypoint, entering


class Subscription(JobEntrypoint):
    """The entrypoint of one handler."""

    own = OwnDatabase()
    due_work = DueWork()
    calls = Calls()

    def __init__(
        self, source: str, types: tuple[str, ...], reads: type[Schema] | None, order: Order, families: tuple[str, ...]
    ) -> None:
        super().__init__()
        self.source = source
        self.types = types
        self.reads = reads
        self.order = order
        self.families = families
        self.messages = SourceConsumer(source)

    @property
    def bindings(self) -> set[str]:
        """The routing keys that it needs."""
        return bindings(self.order, self.types, self.families)

    def setup(self) -> None:
        """Join the others that hear the same source."""
        self.handler = Handler(
            consumer=self.consumer,
            source=self.source,
            types=self.types,
            families=self.families,
            reads=self.reads,
            order=self.order,
        )
        self.messages.join(self)
        self.due_work.register(INBOX, self.consumer, self.begin_kept)

    def stop(self) -> None:
        """Take nothing more; return when all that runs has ended and is acked."""
        self.messages.drain()
        self.due_work.drain()

    def begin_event(self, event: Envelope, finished: Finished) -> None:
        """Handle an event that a message brought."""
        self.begin(self._handling(event), finished)

    def begin_kept(self, claims: Claims, claim: Claim, finished: Finished) -> None:
        """Handle an event that was kept in the inbox."""
        event = Envelope.decode(claim.row["event"].encode())
        self.begin(self._handling(event, Kept(claim, claims, OwnersLog(self.calls.client, self.source))), finished)

    def _handling(self, event: Envelope, kept: Kept | None = None) -> Handling:
        return Handling(self.handler, event, Inbox(self.own.database), retry_schedule(), kept)


def subscribe(
    source: str,
    *types: str,
    reads: type[Schema] | None = None,
    order: Order = EACH,
    families: Iterable[str] = (),
) -> Callable[[Callable[..., Any]], Any]:
    """Let the method handle these types of events of `source`; it gets one argument, a Reading.

    With LATEST or STRICT all of its types must be of one kind of aggregate, since they are compared by subject and
    sequence. A strict handler names by `families` the first words of all types that share the subject, such as
    `ticket` and `activity`; those of its own types are known.
    """
    return entering(Subscription(source, types, reads, order, tuple(families)))


def subscriptions_of(service_cls: type) -> list[Subscription]:
    """The subscriptions that a service declares."""
    entrypoints = (getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()) for _, method in getmembers(service_cls))
    return [each for found in entrypoints for each in found if isinstance(each, Subscription)]


def heard(service_cls: type) -> list[str]:
    """What a service hears, as its card says it: `tickets/ticket.created`, or `tickets/ticket.*` where it is strict."""
    return sorted({f"{each.source}/{key}" for each in subscriptions_of(service_cls) for key in each.bindings})
