"""Bytes that nothing names, because what was to name them never came to be, are let go after a day."""

import logging
import threading

from services.chassis.leases import Lease
from services.chassis.store import StoreFailure
from services.mail.store import MailStore

SWEEP_SECONDS = 3600.0

_log = logging.getLogger(__name__)


def sweep_until(stop: threading.Event, store: MailStore, owner: str) -> None:
    """Sweep once an hour, by one process of all, until told to stop."""
    lease = Lease(store.database, "sweep", owner, seconds=SWEEP_SECONDS)
    while not stop.wait(SWEEP_SECONDS):
        try:
            if lease.acquire() is not None:
                _log.info("let go of %d blobs that nothing names", store.blobs.sweep(store.named))
        except StoreFailure as error:
            _log.warning("Nothing was swept: %s", error)
