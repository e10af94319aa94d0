"""Runs one service as a process: `python -m services.chassis.run tickets`."""

import eventlet

eventlet.monkey_patch()  # before anything else takes the real sockets and threads

import sys  # noqa: E402

from services.chassis.process import Process  # noqa: E402
from services.chassis.process_port import PortTaken  # noqa: E402
from services.chassis.service_class import NoSuchService, service_class  # noqa: E402
from services.chassis.settings import WrongSetting, settings  # noqa: E402


def main(arguments: list[str]) -> int:
    """The exit status: 0 after SIGTERM or SIGINT, 1 when the service died, 2 when it cannot start."""
    if len(arguments) != 1:
        sys.stderr.write("Say which service: python -m services.chassis.run <name>\n")
        return 2
    try:
        return Process(service_class(arguments[0]), settings()).run()
    except (WrongSetting, NoSuchService, PortTaken) as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
