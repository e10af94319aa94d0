"""Services to which something happens while they run."""

import threading
import time
from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis.rpc.entrypoint import rpc


class Mortal(DependencyProvider):
    """Has a thread that dies a moment after the service has started."""

    def start(self) -> None:
        self.container.spawn_managed_thread(self._die)

    def _die(self) -> None:
        time.sleep(0.5)
        raise RuntimeError("the heart of it stopped")


class DyingService:
    """Dies by an error of its own."""

    name = "dying"

    mortal = Mortal()

    @rpc
    def say(self) -> Any:
        return "alive"


class StubbornService:
    """Has work that does not end."""

    name = "stubborn"

    @rpc
    def work(self) -> Any:
        threading.Event().wait()
