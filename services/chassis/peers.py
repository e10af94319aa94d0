"""The other services, for extensions of the chassis that ask them on behalf of a method."""

import threading
from typing import Any

from nameko.extensions import SharedExtension

from services.chassis.context import Call
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.chassis.rpc import Client
from services.chassis.settings import settings


class Peers(SharedExtension):
    """One client for all of them, made when the first one asks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: "Client | None" = None

    def ask(self, service: str, method: str, args: dict[str, Any], call: Call) -> Any:
        """The result of a command or query of another service. Raises Fault."""
        with self._lock:
            if self._client is None:
                self._client = Client(settings().amqp_uri)
        result, _ = self._client.call(service, method, args, call)
        return result

    def stop(self) -> None:
        """Let go."""
        if self._client is not None:
            self._client.close()
