"""Whether the broker and the services answer, asked of all of them at once."""

from time import monotonic
from typing import Any

from eventlet import GreenPool
from nameko.extensions import DependencyProvider

from gateway.bus import Bus
from gateway.remote import SERVICES
from services.chassis.context import Call
from services.chassis.errors import Fault

PING_SECONDS = 1.0
FRESH_SECONDS = 0.5  # anybody may ask, as often as they like


class Readiness(DependencyProvider):
    """`readiness = Readiness()`, then `self.readiness.checks()`."""

    bus = Bus()

    def __init__(self) -> None:
        super().__init__()
        self._checks: dict[str, str] = {}
        self._checked_at = float("-inf")

    def get_dependency(self, worker_ctx: Any) -> "Readiness":
        """Itself: what it finds is the same for everybody."""
        return self

    def checks(self) -> dict[str, str]:
        """`ok` or the reason why not, for the broker and for each service with its database."""
        if monotonic() - self._checked_at > FRESH_SECONDS:
            answers = dict(zip(SERVICES, GreenPool(len(SERVICES)).imap(self._ping, SERVICES), strict=True))
            self._checks = {"broker": self.bus.client.state() or "ok", **answers}
            self._checked_at = monotonic()
        return self._checks

    def _ping(self, service: str) -> str:
        try:
            self.bus.client.call(service, "ping", {}, Call.begin(seconds=PING_SECONDS))
        except Fault as fault:
            return fault.detail or fault.code
        return "ok"
