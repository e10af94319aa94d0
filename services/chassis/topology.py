"""Every exchange and queue, declared from the cards of all services before any relay starts.

`python -m services.chassis.topology` declares them on the broker of `MADOGUCHI_AMQP_URI`, again and again if one likes.
"""

import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from time import monotonic, sleep
from typing import Any

import amqp
from amqp.exceptions import AMQPError

import services
from services.chassis import names
from services.chassis.amqp.uri import connection_arguments
from services.chassis.settings import settings

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.5
LISTENS = re.compile(r"^Listens\b(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
HEARD = re.compile(r"([a-z_]+)/([a-z_]+(?:\.[a-z_*#]+)*)")


@dataclass(frozen=True)
class Queue:
    """A durable queue; `bindings` are (exchange, routing key) each."""

    name: str
    arguments: Mapping[str, Any]
    bindings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Topology:
    """Durable topic exchanges, and queues bound to them."""

    exchanges: tuple[str, ...] = ()
    queues: tuple[Queue, ...] = field(default=())

    def __add__(self, other: "Topology") -> "Topology":
        return Topology(self.exchanges + other.exchanges, self.queues + other.queues)


PUBLIC = Topology(
    (names.PUBLIC_EXCHANGE,), (Queue(names.PUBLIC_STREAM, names.STREAM_ARGUMENTS, ((names.PUBLIC_EXCHANGE, "#"),)),)
)


def listens(card: str) -> dict[str, set[str]]:
    """What a card says that its service hears: {source: types}, a type being a routing key such as `ticket.*`."""
    heard: dict[str, set[str]] = defaultdict(set)
    for line in LISTENS.findall(card):
        for source, type_ in HEARD.findall(line):
            heard[source].add(type_)
    return dict(heard)


def feed_of(service: str, cards: Mapping[str, str]) -> Topology:
    """The exchange of a service, and the queues of those who hear it by these cards, {service: card}."""
    exchange = names.events_exchange(service)
    hearers = {consumer: listens(card).get(service, set()) for consumer, card in sorted(cards.items())}
    queues = (
        Queue(
            names.subscription_queue(consumer, service),
            names.SUBSCRIPTION_ARGUMENTS,
            tuple((exchange, type_) for type_ in sorted(types)),
        )
        for consumer, types in hearers.items()
        if types
    )
    return Topology((exchange,), tuple(queues))


def topology_of(cards: Mapping[str, str]) -> Topology:
    """All that the services of these cards need."""
    sources = set(cards).union(*(listens(card) for card in cards.values()))
    requests = (Queue(names.rpc_queue(service), names.RPC_ARGUMENTS) for service in sorted(cards))
    return sum((feed_of(source, cards) for source in sorted(sources)), PUBLIC + Topology((), tuple(requests)))


def cards() -> dict[str, str]:
    """The cards of all services that are installed here."""
    found = (module.name for module in pkgutil.iter_modules(services.__path__) if module.ispkg)
    return {name: import_module(f"services.{name}").__doc__ or "" for name in sorted(found) if name != "chassis"}


def declare(channel: amqp.Channel, topology: Topology) -> None:
    """Declare it all; what is there already stays.

    Raises AMQPError, whose text names the queue when one of that name has other arguments.
    """
    for exchange in topology.exchanges:
        channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
    for queue in topology.queues:
        channel.queue_declare(queue.name, durable=True, auto_delete=False, arguments=dict(queue.arguments))
        for exchange, key in queue.bindings:
            channel.queue_bind(queue.name, exchange, key)


def declare_at(amqp_uri: str, topology: Topology) -> None:
    """Declare it all on this broker. Raises AMQPError or OSError."""
    with amqp.Connection(**connection_arguments(amqp_uri, "topology")) as connection:
        declare(connection.channel(), topology)


def main() -> int:
    """Declare what is installed here; a broker that is still starting is waited for."""
    give_up_at = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            declare_at(settings().amqp_uri, topology_of(cards()))
            return 0
        except (AMQPError, OSError) as failure:
            if isinstance(failure, amqp.PreconditionFailed) or monotonic() > give_up_at:
                sys.stderr.write(f"The topology cannot be declared: {failure}\n")
                return 1
        sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
