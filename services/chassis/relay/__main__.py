"""`python -m services.chassis.relay tickets`: the relay of one service, until SIGTERM."""

import os
import signal
import socket
import sys

from services.chassis.ids import new_id
from services.chassis.relay.relay import Relay
from services.chassis.settings import WrongSetting, settings
from services.chassis.store.connection import connect


def main(service: str) -> int:
    """Run until told to stop."""
    database = connect(settings(), service)
    relay = Relay(database, settings(), service=service, owner=f"{socket.gethostname()}/{os.getpid()}/{new_id()}")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: relay.stop())
    relay.run()
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m services.chassis.relay <service>")
    try:
        sys.exit(main(sys.argv[1]))
    except WrongSetting as wrong:
        sys.exit(str(wrong))
