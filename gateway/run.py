"""Runs the gateway until it is told to stop, and then lets every request that came in be answered."""

import logging
import signal
import sys
from typing import Any

import eventlet
import nameko
from nameko.containers import ServiceContainer

from gateway.service import Gateway
from gateway.settings import GatewaySettings
from services.chassis import logs
from services.chassis.settings import WrongSetting, read

OPEN_WORKERS = 32  # for the endpoints that answer even when all places are taken

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    logs.setup("gateway")
    try:
        container = started()
    except WrongSetting as error:
        sys.exit(str(error))
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: eventlet.spawn_n(container.stop))
    container.wait()


def started() -> Any:
    """The running gateway. Raises WrongSetting."""
    settings = read(GatewaySettings)
    nameko.config["max_workers"] = settings.http_workers + OPEN_WORKERS
    container = ServiceContainer(Gateway)
    container.start()
    return container
