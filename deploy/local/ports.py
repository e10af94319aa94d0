"""Ports on this machine that nobody listens on."""

import socket
import time
from collections.abc import Callable

LOOPBACK = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Picks ports that the kernel considers free, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def wait_until_listening(port: int, seconds: float, alive: Callable[[], bool] = lambda: True) -> bool:
    """Whether somebody listens on the port within that time, asked for as long as the listener is alive."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and alive():
        if is_listening(port):
            return True
        time.sleep(0.05)
    return False
