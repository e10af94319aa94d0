"""Which addresses are ours: those of the desks known here, and what tickets says of the others."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from services.chassis.context import Actor, Call
from services.chassis.errors import NotFound
from services.mail.store import MailStore

LISTENER = Actor(kind="service", id="mail-smtp", roles=("service",))
REMEMBERED_SECONDS = 30.0
ASK_SECONDS = 4.0
MOST_REMEMBERED = 10_000

Ask = Callable[[str, str, dict[str, Any], Call], tuple[Any, bool]]


class Addresses:
    """Knows the mailboxes of the desks."""

    def __init__(self, store: MailStore, ask: Ask) -> None:
        self._store = store
        self._ask = ask
        self._remembered: dict[str, tuple[float, bool]] = {}
        self._lock = Lock()

    def ours(self, address: str) -> bool:
        """Whether mail to this mailbox is taken. Raises Unavailable and StoreFailure when nobody can say."""
        if self._store.desk_of(address) is not None:
            return True
        with self._lock:
            at, known = self._remembered.get(address, (0.0, False))
        if time.monotonic() - at < REMEMBERED_SECONDS:
            return known
        known = self._asked(address)
        with self._lock:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[address] = (time.monotonic(), known)
        return known

    def _asked(self, address: str) -> bool:
        call = Call.begin(LISTENER, seconds=ASK_SECONDS)
        try:
            self._ask("tickets", "desk_of_address", {"address": address}, call)
        except NotFound:
            return False
        return True


def mailbox_of(recipient: str) -> str:
    """The mailbox of a recipient: folded, without what stands behind a plus."""
    local, _, domain = recipient.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
