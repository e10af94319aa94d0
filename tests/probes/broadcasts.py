"""A service that tells broadcasts and hears them."""

from typing import Any

from services.chassis.broadcast import heard_broadcast
from services.chassis.providers import Broadcast, Store
from services.chassis.rpc.entrypoint import rpc
from services.chassis.store import Repository

heard: list[Any] = []


class GossipService:
    """Tells and hears."""

    name = "gossip"

    store = Store(Repository)
    broadcast = Broadcast()

    @rpc
    def tell(self, topic: str, facts: dict[str, Any]) -> None:
        self.broadcast.tell(topic, **facts)

    @rpc
    def heard(self) -> Any:
        return heard

    @heard_broadcast("viewer.*")
    def hear(self, topic: str, facts: dict[str, Any]) -> None:
        if facts.get("stumble"):
            raise ValueError("stumbled")
        heard.append([topic, facts])
