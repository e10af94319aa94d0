"""The socket of the gateway, which nobody else may share."""

import socket
from typing import Any

import eventlet

from services.chassis.process_port import PortTaken

BACKLOG = 1024


def listen(host: str, port: int) -> Any:
    """A listening socket on exactly this address. Raises PortTaken where it is another's."""
    try:
        sock = eventlet.listen((host, port), backlog=BACKLOG, reuse_port=False)
    except OSError as error:
        raise PortTaken(f"The gateway cannot have {host}:{port} (MADOGUCHI_HTTP_PORT): {error.strerror}.") from None
    sock.settimeout(None)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock
