"""Takes all outgoing mail of the local stack, and keeps it in the Maildir `outgoing/` of its folder."""

import asyncio
import mailbox
import signal
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from services.chassis.settings import read

SMTP_PORT = 25
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class CatcherSettings:
    """The folder of the stack, and the address to which its mail is sent."""

    home: Path
    smtp_url: str


class Catcher:
    """Keeps every message as it came, under the addresses of its envelope."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.maildir = mailbox.Maildir(folder)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        addresses = [f"Return-Path: <{envelope.mail_from or ''}>"]
        addresses += [f"Delivered-To: {recipient}" for recipient in envelope.rcpt_tos]
        self.maildir.add("\r\n".join([*addresses, ""]).encode() + (envelope.original_content or b""))
        return "250 Kept"


async def serve(settings: CatcherSettings) -> None:
    """Until SIGTERM or SIGINT."""
    address = urlsplit(settings.smtp_url)
    catcher = Catcher(settings.home / "outgoing")
    loop, leave = asyncio.get_running_loop(), asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, leave.set)
    server = await loop.create_server(lambda: session(catcher), address.hostname, address.port or SMTP_PORT)
    async with server:
        await leave.wait()


def session(catcher: Catcher) -> SMTP:
    return SMTP(catcher, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, hostname="catcher.localhost")


if __name__ == "__main__":
    asyncio.run(serve(read(CatcherSettings)))
