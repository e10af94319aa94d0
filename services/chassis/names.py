"""The names and arguments of every exchange and queue, decided once.

A queue whose arguments must change gets a new version in its name: a broker refuses other arguments for the same name.
"""

from typing import Any

EVENT_CONTENT_TYPE = "application/cloudevents+json"
PUBLIC_EXCHANGE = "madoguchi.events"
PUBLIC_STREAM = "madoguchi.events.stream"
BROADCAST_EXCHANGE = "madoguchi.broadcast"

# A broker that counts deliveries must not throw a fact away: the consumer parks what comes too often.
SUBSCRIPTION_ARGUMENTS: dict[str, Any] = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}
# A request that kills its server is dropped after some tries, and its caller sees the deadline.
RPC_ARGUMENTS: dict[str, Any] = {"x-queue-type": "quorum", "x-delivery-limit": 5}
# Small segments, because a stream lets go of whole segments only.
STREAM_ARGUMENTS: dict[str, Any] = {
    "x-queue-type": "stream",
    "x-max-age": "30D",
    "x-stream-max-segment-size-bytes": 10_000_000,
}


def events_exchange(service: str) -> str:
    """The topic exchange on which a service publishes; the routing key is the event's type."""
    return f"{service}.events"


def subscription_queue(consumer: str, source: str) -> str:
    """The queue that collects for one service what another one publishes."""
    return f"{consumer}.from.{source}.v1"


def rpc_queue(service: str) -> str:
    """The queue of a service's requests."""
    return f"rpc.{service}.v1"
