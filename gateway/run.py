"""Runs the gateway until it is told to stop, and then lets every request that came in be answered."""

import sys
from typing import Any

import eventlet
import nameko
from nameko.containers import ServiceContainer

from gateway.http.door import FRAME, Frame
from gateway.settings import GatewaySettings
from services.chassis import logs
from services.chassis.process_port import PortTaken
from services.chassis.settings import WrongSetting, read
from services.chassis.stopping import Stopping

GRACE_SECONDS = 25.0
OPEN_WORKERS = 32  # for the endpoints that answer even when all places are taken


def serve(cls: Any) -> None:
    """Serve the routes of this class until SIGTERM or SIGINT; what keeps it from starting is said in a sentence."""
    try:
        settings = read(GatewaySettings)
        frame = Frame.build(settings)
    except (WrongSetting, PortTaken) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    logs.setup(cls.name, settings.log_level)
    nameko.config.setup({"max_workers": settings.http_workers + OPEN_WORKERS, FRAME: frame})
    container = ServiceContainer(cls)
    container.start()
    eventlet.spawn(_stop_when_told, Stopping(GRACE_SECONDS), container)
    container.wait()


def _stop_when_told(stopping: Stopping, container: Any) -> None:
    stopping.wait()
    container.stop()
