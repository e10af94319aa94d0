"""Enters an agent in the directory when this process sees them first; no request waits for it."""

import logging

import eventlet
from nameko.extensions import SharedExtension

from gateway.bus import Bus
from services.chassis.context import Actor, Call
from services.chassis.errors import Fault

REMEMBERED = 10_000

log = logging.getLogger(__name__)


class FirstSight(SharedExtension):
    """Remembers whom it introduced; whoever could not be introduced is new again at their next request."""

    bus = Bus()

    def __init__(self) -> None:
        super().__init__()
        self._introduced: dict[str, str] = {}

    def see(self, actor: Actor) -> None:
        """Introduce the actor to presence, unless that was done, or they are no agent."""
        if actor.has("agent") and self._introduced.get(actor.id) != actor.name:
            if len(self._introduced) >= REMEMBERED:
                self._introduced.clear()
            self._introduced[actor.id] = actor.name
            eventlet.spawn_n(self._introduce, actor)

    def _introduce(self, actor: Actor) -> None:
        try:
            self.bus.client.call("presence", "see_agent", {"id": actor.id, "name": actor.name}, Call.begin(actor))
        except Fault as fault:
            self._introduced.pop(actor.id, None)
            log.info("An agent could not be introduced: %s", fault.detail)
