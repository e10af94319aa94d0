"""Whether a process lives (`/healthz`), whether it can do its work (`/readyz`), and what it counts (`/metrics`)."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.chassis.process_port import Answer, Asked, ProcessPort, Route

Check = Callable[[], str | None]
Checks = dict[str, Check]

OK = "ok"


def checks_of(extensions: Iterable[Any]) -> Checks:
    """The checks of all extensions that have some."""
    found: Checks = {}
    for extension in extensions:
        if hasattr(extension, "checks"):
            found |= extension.checks()
    return found


def results(checks: Mapping[str, Check]) -> dict[str, str]:
    """`ok` or the reason why not, for each check."""
    return {name: _result(check) for name, check in sorted(checks.items())}


def _result(check: Check) -> str:
    try:
        return check() or OK
    except Exception as error:  # noqa: BLE001  # a check that fails is an answer too
        return f"{type(error).__name__}: {error}"


def serve(checks: Checks, host: str, port: int, routes: Mapping[str, Route] | None = None) -> ProcessPort:
    """Answer for this process from now on; `checks` may still grow. Raises PortTaken."""

    def readyz(asked: Asked) -> Answer:
        found = results(checks)
        ready = bool(found) and all(result == OK for result in found.values())
        return Answer.of_json({"ready": ready, "checks": found}, 200 if ready else 503)

    known: dict[str, Route] = {"/healthz": _healthz, "/readyz": readyz, "/metrics": _metrics}
    return ProcessPort(host, port, known | dict(routes or {}))


def _healthz(asked: Asked) -> Answer:
    return Answer.of_json({"alive": True})


def _metrics(asked: Asked) -> Answer:
    content = generate_latest()
    return Answer(BytesIO(content), len(content), CONTENT_TYPE_LATEST)
