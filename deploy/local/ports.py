"""Ports on this machine that nobody listens on."""

import random
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from services.chassis.settings import read

LOOPBACK = "127.0.0.1"
RANGE = range(20000, 32000)  # below what the kernel gives to outgoing connections, which might take one meanwhile
LANE = re.compile(r"(\d)/(\d)")  # of so many that share the machine, which one this is


@dataclass(frozen=True, kw_only=True)
class PortSettings:
    """`1/2` is the second of two that start stacks at the same time, and must not choose the same ports."""

    port_lane: str = "0/1"


def free_ports(count: int) -> list[int]:
    """Ports that are free now, all different."""
    lane = LANE.fullmatch(read(PortSettings).port_lane)
    if lane is None:
        raise ValueError("MADOGUCHI_PORT_LANE is such as 0/2: which one, of how many.")
    candidates = random.sample(RANGE[int(lane[1]) :: int(lane[2])], len(RANGE) // int(lane[2]))
    free = [port for port, _ in zip(filter(is_free, candidates), range(count), strict=False)]
    if len(free) < count:
        raise RuntimeError(f"There are no {count} free ports between {RANGE.start} and {RANGE.stop}.")
    return free


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that are closing do not count
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


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
