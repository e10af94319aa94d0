"""The database of the service, for extensions of the chassis that work beside its methods."""

import threading

from nameko.extensions import SharedExtension

from services.chassis.mongo import Database
from services.chassis.settings import settings
from services.chassis.store import connect


class OwnDatabase(SharedExtension):
    """One connection for all of them, made when the first one asks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        """The database of the service."""
        service = self.container.service_name
        with self._lock:
            if self._database is None:
                self._database = connect(settings(), service)
            return self._database

    def stop(self) -> None:
        """Let go."""
        if self._database is not None:
            self._database.client.close()
