"""`python -m services.mail.sender`: sends what is due until it is told to stop."""

import logging
import os
import signal
import socket
import sys
import threading
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from services.chassis import clock, health, logs
from services.chassis.errors import Unavailable
from services.chassis.ids import new_id
from services.chassis.settings import WrongSetting, read, read_settings
from services.chassis.store import StoreFailure, check, connect, unavailable
from services.mail.sender.handover import Server
from services.mail.sender.sweeping import sweep_until
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
    stop, looking = threading.Event(), threading.Lock()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    clock.follow(store.database, stop)
    health.serve({"database": lambda: check(store.database)}, settings.health_host, settings.health_port)
    owner = f"{socket.gethostname()}-{os.getpid()}-{new_id()}"
    with ThreadPoolExecutor(SENDERS + 1) as threads:
        senders = [Sending(store, server, f"{owner}-{number}") for number in range(SENDERS)]
        running = [threads.submit(send_until, stop, looking, each) for each in senders]
        running.append(threads.submit(sweep_until, stop, store, owner))
        wait(running, return_when=FIRST_EXCEPTION)
        stop.set()
    return 1 if any(map(_ended_by_a_defect, running)) else 0


def send_until(stop: threading.Event, looking: threading.Lock, sending: Sending) -> None:
    """Send one after the other. One sender at a time looks for work, so that idle ones ask nothing."""
    pause = LOOK_SECONDS
    while not stop.is_set():
        try:
            with looking:
                delivery = sending.claim()
                if delivery is None:
                    stop.wait(LOOK_SECONDS)
            if delivery is not None:
                sending.carry_out(delivery)
            pause = LOOK_SECONDS
        except (StoreFailure, Unavailable) as error:
            if not unavailable(error):
                raise
            _log.warning("The database is away; deliveries wait: %s", error)
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def _ended_by_a_defect(ended: "Future[None]") -> bool:
    defect = ended.exception()
    if defect is not None:
        _log.error("a sender ended by a defect", exc_info=defect)
    return defect is not None


if __name__ == "__main__":
    sys.exit(main())
