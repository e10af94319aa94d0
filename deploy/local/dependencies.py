"""A database and a broker alone, in the foreground: `python -m deploy.local.dependencies [home]`."""

import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

from deploy.local.broker import Broker, BrokerPorts
from deploy.local.database import Database
from deploy.local.ports import free_ports


def main(home: Path) -> None:
    database_port, *broker_ports = free_ports(4)
    database, broker = Database(home / "mongod", database_port), Broker(home / "broker", BrokerPorts(*broker_ports))
    try:
        database.start()
        broker.start()
        print(f"export MADOGUCHI_TEST_MONGODB_URI='{database.uri}'")
        print(f"export MADOGUCHI_TEST_AMQP_URI='{broker.uri}'")
        print(f"export MADOGUCHI_TEST_BROKER_HOME='{broker.home}'", flush=True)
        signal.pause()
    finally:
        broker.stop()
        database.stop()


def leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)
    with tempfile.TemporaryDirectory(prefix="madoguchi-") as temporary:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else temporary).resolve())
