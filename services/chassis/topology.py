"""Every exchange and queue, declared from the cards of all services before any relay starts.

`python -m services.chassis.topology` declares them on the broker of `MADOGUCHI_AMQP_URI`, again and again if one likes.
"""

import pkgutil
import re
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from amqp.exceptions import NotFound, PreconditionFailed
from kombu import Connection, Exchange, Queue

import services
from services.chassis import names
from services.chassis.settings import settings

PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 0.2
LISTENS = re.compile(r"^Listens\b(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
HEARD = re.compile(r"([a-z_]+)/([a-z_]+(?:\.[a-z_*#]+)*)")


class WrongTopology(Exception):
    """The broker has an exchange or a queue of this name with other arguments; the message names it."""


@dataclass(frozen=True)
class Topology:
    """The services, and {(consumer, source): the routing keys that the consumer hears}."""

    services: frozenset[str]
    heard: Mapping[tuple[str, str], frozenset[str]]

    def exchanges(self) -> list[Exchange]:
        """Every service's exchange, and the public one."""
        own = [names.events_exchange(service) for service in sorted(self.services)]
        return [Exchange(name, "topic", durable=True) for name in (*own, names.PUBLIC_EXCHANGE)]

    def queues(self) -> list[tuple[Queue, list[tuple[str, str]]]]:
        """Every queue with its bindings, (exchange, routing key) each."""
        found: list[tuple[Queue, list[tuple[str, str]]]] = [
            (_queue(names.PUBLIC_STREAM, names.STREAM_ARGUMENTS), [(names.PUBLIC_EXCHANGE, "#")]),
            *((_queue(names.rpc_queue(service), names.RPC_ARGUMENTS), []) for service in sorted(self.services)),
        ]
        for (consumer, source), keys in sorted(self.heard.items()):
            queue = _queue(names.subscription_queue(consumer, source), names.SUBSCRIPTION_ARGUMENTS)
            found.append((queue, [(names.events_exchange(source), key) for key in sorted(keys)]))
        return found


def listens(card: str) -> dict[str, set[str]]:
    """What a card says that its service hears: {source: types}, a type being a routing key such as `ticket.*`."""
    heard: dict[str, set[str]] = defaultdict(set)
    for line in LISTENS.findall(card):
        for source, type_ in HEARD.findall(line):
            heard[source].add(type_)
    return dict(heard)


def topology_of(cards: Mapping[str, str]) -> Topology:
    """The topology that these cards, {service: card}, ask for."""
    heard = {
        (consumer, source): frozenset(types)
        for consumer, card in cards.items()
        for source, types in listens(card).items()
    }
    return Topology(frozenset(cards) | {source for _, source in heard}, heard)


def cards() -> dict[str, str]:
    """The cards of all services that are installed here."""
    found = (module.name for module in pkgutil.iter_modules(services.__path__) if module.ispkg)
    return {name: import_module(f"services.{name}").__doc__ or "" for name in sorted(found) if name != "chassis"}


def declare(connection: Connection, topology: Topology) -> None:
    """Declare it all; what is there already stays. Raises WrongTopology, and the connection's own errors."""
    for exchange in topology.exchanges():
        _declare(connection, exchange.name, exchange.declare)
    for queue, bindings in topology.queues():
        _declare(connection, queue.name, queue.queue_declare)
        for exchange_name, key in bindings:
            connection.default_channel.queue_bind(queue.name, exchange=exchange_name, routing_key=key)


def _declare(connection: Connection, name: str, declare_one: Any) -> None:
    try:
        declare_one(channel=connection.default_channel)
    except PreconditionFailed as refused:
        raise WrongTopology(f"{name} is on the broker with other arguments: {refused.reply_text}") from None


def _queue(name: str, arguments: Mapping[str, Any]) -> Queue:
    return Queue(name, durable=True, queue_arguments=dict(arguments))


def main() -> int:
    """Declare what this installation needs; wait a minute for a broker that is still starting."""
    with Connection(settings().amqp_uri) as connection:
        try:
            connection.ensure_connection(
                timeout=PATIENCE_SECONDS, interval_start=0.1, interval_step=0.4, interval_max=5
            )
            _declare_patiently(connection, topology_of(cards()))
        except (WrongTopology, *connection.connection_errors) as failure:
            sys.stderr.write(f"The topology is not declared: {failure}\n")
            return 1
    return 0


def _declare_patiently(connection: Connection, topology: Topology) -> None:
    # a broker that has just started takes connections before its streams and quorum queues are there again
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return declare(connection, topology)
        except NotFound:
            if time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(RETRY_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
