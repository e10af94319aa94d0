"""The relay of one service, until SIGTERM: `python -m services.chassis.relay tickets`."""

import os
import socket
import sys
import threading

from services.chassis import health, logs
from services.chassis.ids import new_id
from services.chassis.process_port import PortTaken
from services.chassis.relay.relay import Relay
from services.chassis.settings import Settings, WrongSetting, settings
from services.chassis.stopping import Stopping
from services.chassis.store.connection import connect

GRACE_SECONDS = 25.0


def run(service: str, settings: Settings) -> int:
    """Relay until told to stop. Raises PortTaken."""
    logs.setup(f"{service}-relay", settings.log_level)
    stopping = Stopping(GRACE_SECONDS)
    owner = f"{socket.gethostname()}/{os.getpid()}/{new_id()}"
    relay = Relay(connect(settings, service), settings, service=service, owner=owner)

    def stop_when_told() -> None:
        stopping.wait()
        relay.stop()

    threading.Thread(target=stop_when_told, daemon=True).start()
    port = health.serve(relay.checks(), settings.health_host, settings.health_port)
    relay.run()
    port.close()
    return 0


def main(arguments: list[str]) -> int:
    """The exit status: 0 after SIGTERM or SIGINT, 2 when it cannot start."""
    if len(arguments) != 1:
        sys.stderr.write("Say whose relay: python -m services.chassis.relay <service>\n")
        return 2
    try:
        return run(arguments[0], settings())
    except (WrongSetting, PortTaken) as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
