"""The consumer of one source: takes its messages, lets every handler settle them, and acks."""

import threading
from collections import deque
from logging import getLogger
from typing import TYPE_CHECKING, Any

from nameko.extensions import SharedExtension
from pymongo.errors import PyMongoError

from services.chassis import crash, metrics, names
from services.chassis.attempts import Outcome
from services.chassis.claims import Claim, Claims
from services.chassis.due_work import INBOX, DueWork
from services.chassis.own_database import OwnDatabase
from services.chassis.settings import settings
from services.chassis.subscriptions.consuming_link import ConsumingLink
from services.chassis.subscriptions.decisions import deadly
from services.chassis.subscriptions.delivery import TOO_DEADLY, Delivery
from services.chassis.subscriptions.envelope import Envelope
from services.chassis.subscriptions.gate import Gate
from services.chassis.subscriptions.inbox import Inbox
from services.chassis.subscriptions.lanes import Lanes
from services.chassis.subscriptions.unreadable import read_again
from services.chassis.workers import Finished

if TYPE_CHECKING:
    from services.chassis.subscriptions.subscription import Subscription

CONSUMER_TAG = "events"
REMEMBERED = 1000

_log = getLogger(__name__)
_paused = metrics.gauge("paused", "Whether a consumer waits for something that is unavailable.", ["queue"])


class SourceConsumer(SharedExtension):
    """Everything that a service hears from one other service comes in one queue.

    A message is acked once every handler has done it or keeps it in the inbox; the events of one subject go one
    after the other. While the database or another service is unavailable, nothing is taken and nothing acked.
    """

    own = OwnDatabase()
    bus = ConsumingLink()
    due_work = DueWork()

    def __init__(self, source: str) -> None:
        self.source = source
        self._subscriptions: list[Subscription] = []
        self._lanes: Lanes[Delivery] = Lanes()
        self._gate = Gate()
        self._held_back: deque[str] = deque(maxlen=REMEMBERED)
        self._channel: Any = None

    @property
    def sharing_key(self) -> Any:
        """One consumer a source."""
        return type(self), self.source

    @property
    def queue(self) -> str:
        """The queue of all that this service hears from the source."""
        return names.subscription_queue(self.container.service_name, self.source)

    def join(self, subscription: "Subscription") -> None:
        """Let this handler have its events, too."""
        self._subscriptions.append(subscription)

    def setup(self) -> None:
        """Get a channel of one's own."""
        self._inbox = Inbox(self.own.database)
        self._paused = _paused.labels(self.queue)
        self._port = self.bus.port(self._open, f"the queue {self.queue}")
        self.due_work.register(INBOX, self.queue, self._read_again)

    def drain(self) -> None:
        """Take nothing more; return when all that runs has ended and is acked."""
        if self._gate.stop():
            self._port.cancel(CONSUMER_TAG)
            _log.info("%s: no more messages are taken.", self.queue)
        self._lanes.wait_until_empty()

    def _open(self, channel: Any) -> None:
        self._channel = channel
        exchange = names.events_exchange(self.source)
        channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
        channel.queue_declare(self.queue, durable=True, auto_delete=False, arguments=names.SUBSCRIPTION_ARGUMENTS)
        for key in set[str]().union(*(each.bindings for each in self._subscriptions)):
            channel.queue_bind(self.queue, exchange, key)
        channel.basic_qos(0, settings().prefetch, False)
        if not self._gate.stopped:
            channel.basic_consume(self.queue, CONSUMER_TAG, callback=self._take)

    def _take(self, message: Any) -> None:
        delivery = Delivery.of(message)
        if self._lanes.add(delivery.lane, delivery):
            self.container.spawn_managed_thread(lambda: self._walk(delivery.lane), identifier=delivery.lane)

    def _walk(self, lane: str) -> None:
        while (delivery := self._lanes.next(lane)) is not None:
            self._settle(delivery)

    def _settle(self, delivery: Delivery) -> None:
        """Let it be done with. What a lost connection brought is left: the broker brings it again."""
        unsettled = self._hearing(delivery.event)
        while delivery.message.channel is self._channel and self._gate.enter():
            with self.bus.turns:
                settled = self._tried(delivery, unsettled)
            if settled:
                self._gate.passed()
                self._paused.set(0)
                crash.point("before_ack")
                self._port.ack(delivery.message)
                return
            self._gate.failed()
            self._paused.set(1)
            self._held_back.append(delivery.name)

    def _hearing(self, event: Envelope | None) -> list["Subscription"]:
        return [each for each in self._subscriptions if event is not None and each.handler.hears(event)]

    def _tried(self, delivery: Delivery, unsettled: list["Subscription"]) -> bool:
        """Whether everything is settled; what is leaves the list."""
        if delivery.event is None or self._kills(delivery):
            return self._parked(delivery, unsettled)
        outcomes = [(each, self._outcome(each, delivery.event)) for each in unsettled]
        unsettled[:] = [each for each, outcome in outcomes if outcome is Outcome.UNAVAILABLE]
        return not unsettled

    def _outcome(self, subscription: "Subscription", event: Envelope) -> Outcome:
        ended, outcomes = threading.Event(), []

        def finished(outcome: Outcome) -> None:
            outcomes.append(outcome)
            ended.set()

        subscription.begin_event(event, finished)
        ended.wait()
        return outcomes[0]

    def _kills(self, delivery: Delivery) -> bool:
        """What this process itself held back in a long outage came often, too, and is innocent."""
        return deadly(delivery.count) and delivery.name not in self._held_back

    def _parked(self, delivery: Delivery, unsettled: list["Subscription"]) -> bool:
        try:
            if delivery.event is None:
                self._inbox.keep_raw(self.queue, delivery.name, delivery.raw, delivery.unreadable)
                return True
            error = TOO_DEADLY.format(delivery.count)
            for each in unsettled:
                self._inbox.keep(each.consumer, delivery.event, pause=None, failures=1, error=error)
        except PyMongoError:
            return False
        return True

    def _read_again(self, claims: Claims, claim: Claim, finished: Finished) -> None:
        finished(read_again(self._inbox, claims, claim, lambda event: [each.handler for each in self._hearing(event)]))
