"""Predecessors: the events that a strict handler misses, fetched from their owner's log."""

import json

from services.chassis import context
from services.chassis.rpc import Client
from services.chassis.subscriptions.envelope import Envelope


class OwnersLog:
    """The event log of a source, asked by RPC."""

    def __init__(self, client: Client, source: str) -> None:
        self._client = client
        self._source = source

    def of(self, event: Envelope, after: int) -> list[Envelope]:
        """The events of the subject after this sequence and before the event. Raises Fault."""
        call = context.current().keyed(None)
        asked = {"subject": event.subject, "family": event.type.partition(".")[0], "after": after}
        found, _ = self._client.call(self._source, "events_of", asked, call)
        events = [Envelope.decode(json.dumps(each).encode()) for each in found]
        return [each for each in events if after < each.sequence < event.sequence]
