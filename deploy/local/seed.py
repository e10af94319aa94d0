"""A small desk for an empty local stack."""

import time
from typing import Any

from deploy.local.gateway import Gateway, Refused
from deploy.local.tokens import token

PATIENCE_SECONDS = 30
AGENTS = {"alice": "Alice", "bob": "Bob"}

DESK = {
    "id": "support",
    "name": "Support",
    "kind": "inquiry",
    "intake_types": ["question", "problem"],
    "addresses": ["support@example.jp"],
}
GROUP = {
    "id": "first-line",
    "name": "First line",
    "desk": "support",
    "members": [{"agent": agent, "skills": {}} for agent in AGENTS],
    "distribution": "pull",
}
TRIGGER = {
    "id": "mail-to-first-line",
    "name": "What comes to support goes to the first line",
    "on": ["ticket.created"],
    "position": 1,
    "active": True,
    "stop": False,
    "when": {"field": "desk", "op": "is", "value": "support"},
    "then": [{"action": "assign", "group": "first-line"}],
}


def sow(gateway: Gateway, secret: str) -> None:
    """Creates the desk, its group and its trigger, each where there is none of its kind, and lets the agents come.

    Raises Refused.
    """
    admin = token(secret, "admin", ["admin"])
    _create_first(gateway, "/v1/desks", admin, DESK)
    _create_first(gateway, "/v1/groups", admin, GROUP)
    _create_first(gateway, "/v1/triggers", admin, TRIGGER)
    for agent, name in AGENTS.items():
        gateway.items("/v1/tickets?view=my_groups", token(secret, agent, ["agent"], name))  # at first sight, entered


def _create_first(gateway: Gateway, path: str, admin: str, resource: dict[str, Any]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not gateway.items(path, admin):
        try:
            gateway.create(path, admin, resource)
        except Refused:
            # a service hears a moment later of what another has just created
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
