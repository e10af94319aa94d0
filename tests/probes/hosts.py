"""Probe services as processes of their own, to be stopped and killed."""

import sys
from pathlib import Path

from deploy.local.child import Child
from services.chassis.settings import Settings

REPOSITORY = Path(__file__).parents[2]


class Host(Child):
    """One replica of a service, given as the runner takes it, such as `tests.probes.listener:listener`."""

    def __init__(self, service: str, settings: Settings, log: Path, **variables: str) -> None:
        environment = {
            "PYTHONPATH": str(REPOSITORY),
            "MADOGUCHI_MONGODB_URI": settings.mongodb_uri,
            "MADOGUCHI_AMQP_URI": settings.amqp_uri,
            "MADOGUCHI_DATABASE_PREFIX": settings.database_prefix,
        }
        given = {f"MADOGUCHI_{name.upper()}": value for name, value in variables.items()}
        super().__init__([sys.executable, "-m", "services.chassis.run", service], log, environment | given)

    @property
    def died_at_its_crash_point(self) -> bool:
        """Whether it killed itself where it was told to."""
        return not self.running and '{"crash"' in self.said

    @property
    def said(self) -> str:
        """What it wrote so far."""
        return self.log.read_text() if self.log.exists() else ""
