"""Broadcasts: what matters only now, told to every process that listens, and to nobody who comes later."""

import json
from collections.abc import Callable, Collection
from functools import partial
from logging import getLogger
from time import monotonic
from typing import Any

from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension

from services.chassis import metrics
from services.chassis.amqp import Link, Publication
from services.chassis.context import Call
from services.chassis.errors import Unavailable
from services.chassis.health import Checks
from services.chassis.names import BROADCAST_EXCHANGE
from services.chassis.settings import settings
from services.chassis.store.unit import Unit

LASTING_SECONDS = 5.0

_log = getLogger(__name__)
_lost = metrics.counter("broadcasts_lost", "Broadcasts that could not be told.")

Facts = dict[str, Any]
Heard = Callable[[str, Facts], None]


class Crier:
    """Tells broadcasts over a link of its own; `start` it once."""

    def __init__(self, amqp_uri: str, name: str) -> None:
        link = Link(amqp_uri, name)
        self._port = link.port(_declare, purpose=f"exchange {BROADCAST_EXCHANGE}")
        self.start = link.start
        self.close = link.close
        self.state = link.state

    def tell(self, topic: str, /, **facts: Any) -> None:
        """Tell plain JSON facts, once the running transaction stands if there is one. Nothing says who heard it."""
        publication = Publication(BROADCAST_EXCHANGE, topic, json.dumps(facts).encode(), {"delivery_mode": 1})
        unit = Unit.current()
        if unit is None:
            self._tell(publication)
        else:
            unit.after_commit(lambda: self._tell(publication))

    def _tell(self, publication: Publication) -> None:
        try:
            self._port.publish(publication, deadline=monotonic() + LASTING_SECONDS)
        except Unavailable:
            _lost.inc()


class Hearing:
    """Hears broadcasts of some topics (`viewer.*` for all that begin so), over a link of its own; `start` it once.

    `heard(topic, facts)` is called in the thread that reads, and must not wait. `missed()` is called when the
    connection was lost and is there again: something may have been told meanwhile.
    """

    def __init__(
        self, amqp_uri: str, name: str, topics: Collection[str], heard: Heard, missed: Callable[[], None] = lambda: None
    ) -> None:
        link = Link(amqp_uri, name)
        self._port = link.port(self._open, purpose="the queue of broadcasts")
        self._topics = sorted(topics)
        self._heard = heard
        self._missed = missed
        self.start = link.start
        self.close = link.close
        self.state = link.state
        self.wait_ready = link.wait_ready

    def _open(self, channel: Any) -> None:
        _declare(channel)
        queue = channel.queue_declare("", exclusive=True, auto_delete=True).queue
        for topic in self._topics:
            channel.queue_bind(queue, BROADCAST_EXCHANGE, topic)
        channel.basic_consume(queue, no_ack=True, callback=self._receive)
        if self._port.epoch > 1:
            self._missed()

    def _receive(self, message: Any) -> None:
        topic = message.delivery_info["routing_key"]
        try:
            facts = json.loads(message.body)
        except ValueError:
            _log.warning("A broadcast on %s cannot be read.", topic)
        else:
            self._heard(topic, facts)


class _Crying(SharedExtension):
    """The one crier of a process."""

    def setup(self) -> None:
        self.crier = Crier(settings().amqp_uri, f"{self.container.service_name} broadcasts")

    def start(self) -> None:
        self.crier.start()

    def stop(self) -> None:
        self.crier.close()


class Broadcast(DependencyProvider):
    """Broadcasts of a service: `broadcast = Broadcast()`, then `self.broadcast.tell("viewer.joined", ticket=id)`."""

    crying = _Crying()

    def get_dependency(self, worker_ctx: Any) -> Crier:
        """The crier, which all workers share."""
        return self.crying.crier


class HeardEntrypoint(Entrypoint):
    """A method that hears some topics: it gets (topic, facts), and nothing comes again when it fails."""

    def __init__(self, *topics: str) -> None:
        super().__init__()
        self._topics = topics

    def setup(self) -> None:
        """Prepare to listen."""
        name = f"{self.container.service_name}.{self.method_name} hears"
        self._hearing = Hearing(settings().amqp_uri, name, self._topics, self._begin)

    def start(self) -> None:
        """Listen from now on."""
        self._hearing.start()

    def stop(self) -> None:
        """Listen no more."""
        self._hearing.close()

    def checks(self) -> Checks:
        """What must be well to hear anything."""
        return {f"broadcasts for {self.method_name}": self._hearing.state}

    def _begin(self, topic: str, facts: Facts) -> None:
        ended = partial(self._ended, topic)
        try:
            self.container.spawn_worker(self, (topic, facts), {}, {"call": Call.begin()}, ended)
        except ContainerBeingKilled:
            _log.info("A broadcast on %s came too late.", topic)

    def _ended(self, topic: str, _: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        if exc_info is not None:
            _log.error("%s failed on a broadcast of %s.", self.method_name, topic, exc_info=exc_info)
        return result, exc_info


heard_broadcast = HeardEntrypoint.decorator


def _declare(channel: Any) -> None:
    channel.exchange_declare(BROADCAST_EXCHANGE, "topic", durable=True, auto_delete=False)
