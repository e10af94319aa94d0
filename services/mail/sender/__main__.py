"""`python -m services.mail.sender`: sends what is due until it is told to stop."""

import logging
import os
import signal
import socket
import sys
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from services.chassis import clock, health, logs
from services.chassis.errors import Unavailable
from services.chassis.ids import new_id
from services.chassis.settings import WrongSetting, read, read_settings
from services.chassis.store import StoreFailure, check, connect, unavailable
from services.mail.sender.handover import Server
from services.mail.sender.work import Sending
from services.mail.settings import MailSettings
from services.mail.store import MailStore

SENDERS = 4
LOOK_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0

_log = logging.getLogger(__name__)


def main() -> int:
    """Run the sender. Answers the exit code."""
    logs.setup("mail-sender")
    try:
        settings, mail = read_settings(), read(MailSettings)
        server = Server.of(mail.smtp_url, name=mail.mail_domain, timeout=mail.smtp_timeout)
    except (WrongSetting, ValueError) as wrong:
        sys.stderr.write(f"MADOGUCHI_SMTP_URL or another setting is wrong: {wrong}\n")
        return 2
    store = MailStore(connect(settings, "mail"))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    clock.follow(store.database, stop)
    health.serve({"database": lambda: check(store.database)}, settings.health_host, settings.health_port)
    running = []
    with ThreadPoolExecutor(SENDERS) as threads:
        for _ in range(SENDERS):
            owner = f"{socket.gethostname()}-{os.getpid()}-{new_id()}"
            running.append(threads.submit(send_until, stop, Sending(store, server, owner)))
        wait(running, return_when=FIRST_EXCEPTION)
        stop.set()
    broken = [each.exception() for each in running if each.exception()]
    for defect in broken:
        _log.error("a sender ended by a defect", exc_info=defect)
    return 1 if broken else 0


def send_until(stop: threading.Event, sending: Sending) -> None:
    """Send one after the other; look again when there is none, with growing pauses when the database is away."""
    pause = LOOK_SECONDS
    while not stop.is_set():
        try:
            if sending.one():
                continue
            pause = LOOK_SECONDS
        except (StoreFailure, Unavailable) as error:
            if not unavailable(error):
                raise
            _log.warning("The database is away; deliveries wait: %s", error)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        stop.wait(pause)


if __name__ == "__main__":
    sys.exit(main())
