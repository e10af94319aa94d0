"""Other services as attributes: `customers = Rpc("customers")`, then `self.customers.get_customer(id=...)`."""

from collections.abc import Callable
from typing import Any

from nameko.extensions import DependencyProvider, SharedExtension

from services.chassis import context
from services.chassis.health import Checks
from services.chassis.rpc.client import Client
from services.chassis.settings import settings


class Calls(SharedExtension):
    """The one client of a process."""

    client: Client

    def setup(self) -> None:
        """Make the client."""
        self.client = Client(settings().amqp_uri, f"{self.container.service_name} calls", settings().urls)

    def start(self) -> None:
        """Begin to connect; until that is done, calls wait."""
        self.client.start()

    def stop(self) -> None:
        """Say goodbye."""
        self.client.close()

    def checks(self) -> Checks:
        """What must be well for calls to go out."""
        return {"calls": self.client.state}


class Remote:
    """Another service: its methods take keyword arguments, and `idempotency_key` for commands.

    Calls go out in the name and until the deadline of the call that is served here.
    """

    def __init__(self, calls: Calls, service: str) -> None:
        self._calls = calls
        self._service = service

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method.startswith("_"):
            raise AttributeError(method)

        def ask(*, idempotency_key: str | None = None, **args: Any) -> Any:
            call = context.current().keyed(idempotency_key)
            return self._calls.client.call(self._service, method, args, call)[0]

        return ask


class Rpc(DependencyProvider):
    """Another service, by its name."""

    calls = Calls()

    def __init__(self, service: str) -> None:
        self._service = service

    def get_dependency(self, worker_ctx: Any) -> Remote:
        """The service as this worker may ask it."""
        return Remote(self.calls, self._service)
