"""The services behind the gateway: a method of one is a call over the bus."""

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider

from gateway.bus import Bus
from gateway.http.requests import HttpRequest

SERVICES = ("customers", "tickets", "routing", "presence", "mail")


class Service:
    """One service, on behalf of one request."""

    def __init__(self, bus: Bus, name: str, request: HttpRequest) -> None:
        self._bus = bus
        self._name = name
        self._request = request

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def ask(**args: Any) -> Any:
            result, replayed = self._bus.client.call(self._name, method, args, self._request.call)
            self._request.replayed = self._request.replayed or replayed
            return result

        return ask


class Remote(DependencyProvider):
    """A service to call: `tickets = Remote("tickets")`, then `self.tickets.get_ticket(id=...)`. Raises Fault."""

    bus = Bus()

    def __init__(self, service: str) -> None:
        self._service = service

    def get_dependency(self, worker_ctx: Any) -> Service:
        """The service, on behalf of the request that is being served."""
        return Service(self.bus, self._service, worker_ctx.args[0])
