"""What is asked of tickets before a transaction opens, since what is known of desks may be a moment late."""

from typing import Any

from services.chassis.errors import NotFound
from services.routing.store import RoutingStore


def desks_there(store: RoutingStore, tickets: Any, desk: str | None) -> frozenset[str]:
    """The desk, if it is there; outside of a transaction."""
    known = store.peek.known_desks(desk)
    return known if known or desk is None or not _is_there(tickets, desk) else frozenset({desk})


def _is_there(tickets: Any, desk: str) -> bool:
    try:
        tickets.get_desk(id=desk)
    except NotFound:
        return False
    return True
