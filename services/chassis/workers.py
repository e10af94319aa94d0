"""The link to nameko: a job runs in a worker of the service, with its dependencies and within its call."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from nameko.extensions import Entrypoint, register_entrypoint

from services.chassis.attempts import Job, Outcome

Finished = Callable[[Outcome], None]


class JobEntrypoint(Entrypoint):
    """An entrypoint whose workers run jobs."""

    @property
    def consumer(self) -> str:
        """The name of the method among all services."""
        return f"{self.container.service_name}.{self.method_name}"

    def begin(self, job: Job, finished: Finished) -> None:
        """Run the job in a worker, as soon as one is free; `finished` is told how it ended."""

        def handle_result(_: Any, outcome: Outcome | None, exc_info: Any) -> tuple[Any, Any]:
            finished(outcome or Outcome.UNAVAILABLE)
            return outcome, exc_info

        self.container.spawn_worker(self, (job,), {}, context_data={"call": job.call}, handle_result=handle_result)


def entering(entrypoint: JobEntrypoint) -> Callable[[Callable[..., Any]], Any]:
    """A decorator: the method is entered by jobs of this entrypoint, and by those of every further one."""

    def decorate(method: Callable[..., Any]) -> Any:
        entered = method if hasattr(method, "runs_jobs") else _entered_by_jobs(method)
        register_entrypoint(entered, entrypoint)
        return entered

    return decorate


def _entered_by_jobs(method: Callable[..., Any]) -> Any:
    @wraps(method)
    def work(service: Any, job: Job) -> Outcome:
        return job.run(service.store.database, partial(method, service))

    work.runs_jobs = True  # type: ignore[attr-defined]
    return work
