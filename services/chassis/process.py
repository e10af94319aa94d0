"""A service's process from its start to its end: alive at once, ready when all it needs is there, and drained."""

import threading
from inspect import getmembers
from logging import getLogger

import eventlet
import nameko
from pymongo.errors import PyMongoError

from services.chassis import clock, logs
from services.chassis.blob_port import blob_route
from services.chassis.blobs import Blobs
from services.chassis.container import Container
from services.chassis.health import Checks, serve
from services.chassis.mongo import Database
from services.chassis.process_port import Route
from services.chassis.providers import Store
from services.chassis.rpc.parcels import Parcels, parcel_route
from services.chassis.settings import Settings, WrongSetting
from services.chassis.stopping import Stopping
from services.chassis.store import Repository, check, connect, prepare, unavailable

GRACE_SECONDS = 25.0
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0

_log = getLogger(__name__)


class Process:
    """One service, alone in this process. It waits for its database; a broker that is away is waited for by its links.

    A service class with `blobs = True` serves its blobs on the process port.
    """

    def __init__(self, cls: type, settings: Settings) -> None:
        self._cls = cls
        self._name: str = cls.name  # type: ignore[attr-defined]
        self._settings = settings
        self._checks: Checks = {"start": lambda: "it has not started yet"}
        self._leaving = threading.Event()
        self._container: Container | None = None

    def run(self) -> int:
        """Serve until told to stop or dead; answers the exit status. Raises PortTaken, WrongSetting."""
        logs.setup(self._name, self._settings.log_level)
        eventlet.spawn(self._stop_when_told, Stopping(GRACE_SECONDS))
        store = _store_of(self._cls)
        database = connect(self._settings, self._name) if store else None
        port = serve(self._checks, self._settings.health_host, self._settings.health_port, self._routes(database))
        _log.info("The process port is %d.", port.port)
        try:
            if database is not None:
                self._wait_for(database, store)
            self._serve()
        except WrongSetting:
            raise
        except Exception:  # noqa: BLE001  # the last word of the process; whoever watches it starts it again
            _log.critical("The service died.", exc_info=True)
            return 1
        finally:
            port.close()
        return 0

    def _routes(self, database: Database | None) -> dict[str, Route]:
        if database is None:
            return {}
        routes = {"/claims": parcel_route(Parcels(database))}
        if getattr(self._cls, "blobs", False):
            routes["/blobs"] = blob_route(Blobs(database))
        return routes

    def _wait_for(self, database: Database, store: type[Repository] | None) -> None:
        pause = FIRST_PAUSE_SECONDS
        while not self._leaving.is_set():
            try:
                prepare(database, store)
                clock.measure(database)
                break
            except PyMongoError as error:
                if not unavailable(error):
                    raise
                _log.warning("The database does not answer yet: %s", error)
            self._checks["start"] = lambda: "the database does not answer"
            self._leaving.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        self._checks["database"] = lambda: check(database)
        clock.follow(database, self._leaving)

    def _serve(self) -> None:
        if self._leaving.is_set():
            return
        nameko.config["max_workers"] = self._settings.max_workers
        container = Container(self._cls)
        container.start()
        self._checks |= container.checks()
        container.further_checks = self._checks
        del self._checks["start"]
        self._container = container
        if self._leaving.is_set():
            container.stop()
        container.wait()
        _log.info("Everything is finished.")

    def _stop_when_told(self, stopping: Stopping) -> None:
        stopping.wait()
        _log.info("Told to stop: no more is taken, and what was taken is finished.")
        self._checks["stopping"] = lambda: "told to stop"
        self._leaving.set()
        if self._container is not None:
            self._container.stop()


def _store_of(cls: type) -> type[Repository] | None:
    stores = [member.cls for _, member in getmembers(cls) if isinstance(member, Store)]
    return stores[0] if stores else None
