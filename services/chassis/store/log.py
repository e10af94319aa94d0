"""The event log: rows that a transaction appends, which are outbox, history, audit trail and replay in one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.chassis.context import Call
from services.chassis.events import Event
from services.chassis.ids import new_id

EVENTS = "events"


def rows_of(events: Sequence[Event], *, kind: str, after: int, call: Call, at: datetime) -> list[dict[str, Any]]:
    """The rows of these events of one aggregate whose last `sequence` was `after`, in the context of `call`.

    `stream` tells aggregates of different kinds apart that have the same id, since people choose some ids.
    """
    return [
        {
            "_id": new_id(),
            "type": event.type,
            "subject": event.subject,
            "stream": f"{kind}/{event.subject}",
            "sequence": after + number,
            "time": at,
            "actor": str(call.actor),
            "actor_name": call.actor.name,
            "correlationid": call.correlation_id,
            "causationid": call.causation_id,
            "traceparent": call.traceparent,
            "data": event.data() | {"cascade": call.cascade + event.deepens},
            "new": True,
        }
        for number, event in enumerate(events, start=1)
    ]
