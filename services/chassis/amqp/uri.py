"""Where the broker is: an AMQP URI, as the arguments of a connection."""

import socket
from typing import Any
from urllib.parse import unquote, urlsplit

from services.chassis.settings import WrongSetting

CONNECT_SECONDS = 5.0
HEARTBEAT_SECONDS = 10
DEFAULT_PORTS = {"amqp": 5672, "amqps": 5671}

# The kernel gives a dead peer up after this time; py-amqp's own second would cut a broker off that only pauses.
USER_TIMEOUT_MILLISECONDS = 2 * HEARTBEAT_SECONDS * 1000


def connection_arguments(amqp_uri: str, name: str) -> dict[str, Any]:
    """What py-amqp needs to connect to this URI; `name` is what operators see. Raises WrongSetting."""
    parts = urlsplit(amqp_uri)
    if parts.scheme not in DEFAULT_PORTS:
        raise WrongSetting("The broker's URI must start with amqp:// or amqps://.")
    return {
        "host": f"{parts.hostname or 'localhost'}:{parts.port or DEFAULT_PORTS[parts.scheme]}",
        "userid": unquote(parts.username or "guest"),
        "password": unquote(parts.password or "guest"),
        "login_method": "PLAIN",
        "virtual_host": unquote(parts.path[1:]) or "/",
        "ssl": parts.scheme == "amqps",
        "connect_timeout": CONNECT_SECONDS,
        "heartbeat": HEARTBEAT_SECONDS,
        "client_properties": {"connection_name": name, "product": "madoguchi"},
        "socket_settings": {socket.TCP_USER_TIMEOUT: USER_TIMEOUT_MILLISECONDS},
    }
