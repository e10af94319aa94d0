"""The connection on which a service consumes events, and nothing else, so that nothing can hold its acks back."""

import threading
from collections.abc import Callable
from typing import Any

from nameko.extensions import SharedExtension

from services.chassis.amqp import Link, Port
from services.chassis.health import Checks
from services.chassis.settings import settings

SHARE_OF_WORKERS = 4  # the others are for those who wait for an answer


class ConsumingLink(SharedExtension):
    """One link for all queues of the service, a channel each; `turns` bounds how many events are handled at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._link: Link | None = None

    def setup(self) -> None:
        """Decide how much is done at once."""
        self.turns = threading.BoundedSemaphore(max(1, settings().max_workers // SHARE_OF_WORKERS))

    def port(self, opens: Callable[[Any], None], purpose: str) -> Port:
        """A channel; to be asked for in `setup`."""
        with self._lock:
            if self._link is None:
                self._link = Link(settings().amqp_uri, f"{self.container.service_name} events")
            return self._link.port(opens, purpose=purpose)

    def start(self) -> None:
        """Connect, and begin to consume."""
        if self._link is not None:
            self._link.start()

    def stop(self) -> None:
        """Send the last acks, and leave."""
        if self._link is not None:
            self._link.close()

    def checks(self) -> Checks:
        """What must be well for events to come in."""
        return {"events": self._link.state} if self._link else {}
