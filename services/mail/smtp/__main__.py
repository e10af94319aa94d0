"""`python -m services.mail.smtp`: listens until it is told to stop, and ends what it has begun."""

import asyncio
import logging
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from aiosmtpd.smtp import SMTP

from services.chassis import clock, health, logs
from services.chassis.rpc.client import Client
from services.chassis.settings import WrongSetting, read, read_settings
from services.chassis.store import check, connect
from services.mail.settings import MailSettings
from services.mail.smtp.addresses import Addresses
from services.mail.smtp.handler import Handler
from services.mail.store import MailStore

LONGEST_LINE = 10_000_000  # real mail keeps to no limit
THREADS = 16
DRAIN_SECONDS = 20.0

_log = logging.getLogger(__name__)


def main() -> int:
    """Run the listener. Answers the exit code."""
    logs.setup("mail-smtp")
    try:
        settings, mail = read_settings(), read(MailSettings)
    except WrongSetting as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    store = MailStore(connect(settings, "mail"))
    client = Client(settings.amqp_uri, "mail-smtp calls")
    client.start()
    stop = threading.Event()
    clock.follow(store.database, stop)
    health.serve({"database": lambda: check(store.database)}, settings.health_host, settings.health_port)
    with ThreadPoolExecutor(THREADS) as threads:
        asyncio.run(listen(Handler(store, Addresses(store, client.call), threads), mail))
    stop.set()
    client.close()
    return 0


async def listen(handler: Handler, mail: MailSettings) -> None:
    """Serve SMTP until SIGTERM or SIGINT; sessions in the middle of a mail may end it."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)

    def session() -> SMTP:
        return SMTP(
            handler,
            hostname=mail.mail_domain,
            ident="Madoguchi",
            data_size_limit=mail.max_mail_bytes,
            enable_SMTPUTF8=True,
            loop=loop,
        )

    SMTP.line_length_limit = LONGEST_LINE
    server = await loop.create_server(session, mail.smtp_host, mail.smtp_port)
    _log.info("listening on %s:%d", mail.smtp_host, mail.smtp_port)
    await told.wait()
    server.close()
    busy = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    if busy:
        await asyncio.wait(busy, timeout=DRAIN_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
