"""The relay of one service: whoever holds the lease places the log and publishes it, in threads of their own."""

import threading
from collections.abc import Callable
from logging import getLogger
from time import monotonic

from pymongo.errors import PyMongoError

from services.chassis import names, topology
from services.chassis.errors import Unavailable
from services.chassis.health import Checks
from services.chassis.leases import Lease
from services.chassis.mongo import Database
from services.chassis.relay import doorbell
from services.chassis.relay.feed import Feed
from services.chassis.relay.ledger import RELAY, Deposed, Ledger
from services.chassis.relay.messages import Messages
from services.chassis.relay.outlet import Outlet
from services.chassis.relay.placing import Placing
from services.chassis.relay.resending import Resending
from services.chassis.relay.tenure import Tenure
from services.chassis.replay import EventLog
from services.chassis.settings import Settings
from services.chassis.store.connection import check, prepare

ASK_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
STEADY_SECONDS = 30.0
LEAVE_SECONDS = 15.0

Work = Callable[[], None]

_log = getLogger(__name__)


class Relay:
    """One replica; of all that run for a service, one works."""

    def __init__(self, database: Database, settings: Settings, *, service: str, owner: str) -> None:
        self._database = database
        self._amqp_uri = settings.amqp_uri
        self._service = service
        self._lease = Lease(database, RELAY, owner, collection=RELAY)
        self._log = EventLog(database, installation=settings.installation, service=service)
        self._stopped = threading.Event()
        self._tenure = Tenure(self._lease)
        self._outlet: Outlet | None = None

    def run(self) -> None:
        """Work whenever the lease is ours, until `stop`."""
        while not self._stopped.is_set():
            self._tenure = Tenure(self._lease)
            fence = self._begin()
            if self._stopped.is_set():
                self._tenure.end()
            if fence is not None:
                self._serve(Ledger(self._database, fence))
            else:
                self._stopped.wait(ASK_SECONDS)

    def stop(self) -> None:
        """Finish what is under way and leave. Safe in a signal handler."""
        self._stopped.set()
        self._tenure.end()

    def checks(self) -> Checks:
        """What readiness asks; other teams' queues do not count."""
        return {"database": lambda: check(self._database), "broker": self._why_silent}

    def _why_silent(self) -> str | None:
        outlet = self._outlet
        if not self._tenure.holds():
            return None  # another replica works, or nobody can say who does
        return outlet.state() if outlet else "not connected yet"

    def _begin(self) -> int | None:
        try:
            fence = self._tenure.begin()
            if fence is not None:
                prepare(self._database)
            return fence
        except PyMongoError as error:
            _log.warning("Nobody knows who is the relay, since the database is away: %s", error)
            return None

    def _serve(self, ledger: Ledger) -> None:
        _log.info("This replica is the relay of %s now.", self._service)
        works = self._works(ledger).items()
        workers = [
            threading.Thread(target=_keep_on, args=(name, work, self._tenure), daemon=True) for name, work in works
        ]
        for worker in workers:
            worker.start()
        self._tenure.keep()
        leave_at = monotonic() + LEAVE_SECONDS
        for worker in workers:
            worker.join(max(leave_at - monotonic(), 0))
        self._tenure.release()
        self._outlet = None

    def _works(self, ledger: Ledger) -> dict[str, Work]:
        bell, messages, tenure = threading.Event(), Messages(self._log), self._tenure
        placing = Placing(self._database, ledger, messages)
        feeds = [Feed(name, ledger, messages, tenure) for name in ("published", "forwarded")]
        return {
            "doorbell": lambda: doorbell.ring(self._database, bell, tenure),
            "placing": lambda: placing.run(bell, tenure),
            "published": lambda: feeds[0].run(self._own_outlet()),
            "forwarded": lambda: feeds[1].run(self._public_outlet()),
            "resending": lambda: Resending(self._database, messages, self._outlet_to).run(tenure),
        }

    def _own_outlet(self) -> Outlet:
        wanted = topology.feed_of(self._service, topology.cards())
        self._outlet = Outlet(
            self._amqp_uri,
            names.events_exchange(self._service),
            name=f"{self._service} relay",
            declare=lambda channel: topology.declare(channel, wanted),
        )
        return self._outlet

    def _public_outlet(self) -> Outlet:
        return Outlet(
            self._amqp_uri,
            names.PUBLIC_EXCHANGE,
            name=f"{self._service} relay to other teams",
            declare=lambda channel: topology.declare(channel, topology.PUBLIC),
        )

    def _outlet_to(self, queue: str) -> Outlet:
        return Outlet(
            self._amqp_uri,
            "",
            name=f"{self._service} relay to {queue}",
            declare=lambda channel: channel.queue_declare(queue, passive=True),
            queue=queue,
        )


def _keep_on(name: str, work: Work, tenure: Tenure) -> None:
    """Do the work again and again, whatever befalls it, until the tenure is over."""
    pause = FIRST_PAUSE_SECONDS
    while tenure.holds():
        began = monotonic()
        try:
            work()
        except Deposed:
            _log.warning("Another process is the relay now.")
            tenure.end()
        except (PyMongoError, Unavailable) as error:
            _log.warning("%s waits: %s", name, error)
        except Exception:  # noqa: BLE001  # a defect must neither end the relay nor go unseen
            _log.exception("%s failed", name)
        pause = FIRST_PAUSE_SECONDS if monotonic() - began > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE_SECONDS)
        tenure.pause(pause)
