"""nameko's container, whose workers run within the call that they serve."""

from collections.abc import Callable
from typing import Any

from nameko.containers import ServiceContainer

from services.chassis.context import Call, using
from services.chassis.errors import Unavailable
from services.chassis.health import Checks, checks_of

HandleResult = Callable[[Any, Any, Any], tuple[Any, Any]]


class Container(ServiceContainer):
    """A container for services of the chassis: an entrypoint hands its call over as `context_data={"call": ...}`.

    A worker that got its turn only when its call had expired does not act.
    """

    def __init__(self, service_cls: type) -> None:
        super().__init__(service_cls)
        self.further_checks: Checks = {}

    def checks(self) -> Checks:
        """What must be well for the service to do its work."""
        return self.further_checks | checks_of(self.extensions)

    def _run_worker(self, worker_ctx: Any, handle_result: HandleResult | None) -> None:
        call: Call | None = worker_ctx.data.get("call")
        if call is None:
            super()._run_worker(worker_ctx, handle_result)
            return
        with using(call):
            if call.expired and handle_result is not None:
                handle_result(worker_ctx, None, (Unavailable, Unavailable("There was no worker in time."), None))
            else:
                super()._run_worker(worker_ctx, handle_result)
