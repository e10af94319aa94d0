"""What is answered to whom: 250 once a mail is durable, 550 to mailboxes that are not ours, 451 when nobody can say."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session

from services.chassis import clock
from services.chassis.context import Call
from services.chassis.errors import Unavailable
from services.chassis.store import StoreFailure, run_unit, within
from services.mail.domain.fingerprint import fingerprint
from services.mail.smtp.addresses import LISTENER, Addresses, mailbox_of
from services.mail.store import MailStore

STORE_SECONDS = 20.0

RECIPIENT_TAKEN = "250 2.1.5 OK"
TAKEN = "250 2.0.0 Stored"
NOT_OURS = "550 5.1.1 No such mailbox here"
LATER = "451 4.3.0 Not now, please try again later"
AWAY = (StoreFailure, Unavailable)

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Handler:
    """aiosmtpd's hooks. What waits for the database does so in a thread, so that no session holds another up."""

    def __init__(self, store: MailStore, addresses: Addresses, threads: Executor) -> None:
        self._store = store
        self._addresses = addresses
        self._threads = threads

    async def handle_RCPT(  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Take a recipient that is one of our mailboxes."""
        mailbox = mailbox_of(address)
        try:
            ours = await self._waited(lambda: self._addresses.ours(mailbox))
        except AWAY as error:
            _log.warning("Nobody can say whether a mailbox is ours: %s", type(error).__name__)
            return LATER
        if not ours:
            return NOT_OURS
        if mailbox not in envelope.rcpt_tos:
            envelope.rcpt_tos.append(mailbox)
        return RECIPIENT_TAKEN

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # likewise
        """Keep a mail for each of its mailboxes."""
        raw = envelope.original_content or b""
        mailboxes = list(envelope.rcpt_tos)
        try:
            kept = await self._waited(lambda: self._keep(raw, mailboxes))
        except AWAY as error:
            _log.warning("A mail could not be kept; its sender keeps it: %s", type(error).__name__)
            return LATER
        _log.info("kept a mail of %d bytes as %s", len(raw), ", ".join(kept))
        return TAKEN

    def _keep(self, raw: bytes, mailboxes: list[str]) -> list[str]:
        mark = fingerprint(raw)
        digest = self._store.blobs.put(raw)

        def receive() -> list[str]:
            at = clock.now()
            return [self._store.receive(each, mark, digest=digest, size=len(raw), at=at).id for each in mailboxes]

        return run_unit(self._store.database, Call.begin(LISTENER, seconds=STORE_SECONDS), receive)

    async def _waited(self, work: Callable[[], T]) -> T:
        def within_time() -> T:
            with within(STORE_SECONDS):
                return work()

        return await asyncio.get_running_loop().run_in_executor(self._threads, within_time)
