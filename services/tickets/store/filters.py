"""The conditions of the ticket list as MongoDB filters."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from services.chassis.store import Sort
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.views import VIEWS, View
from services.tickets.domain.words import Box, Resolution

Filter = dict[str, Any]

ANY_OF = {
    "id": "_id",
    "number": "number",
    "desk": "desk",
    "group": "group",
    "assignee": "assignee",
    "status": "status",
    "resolution": "resolution",
    "channel": "channel",
    "priority": "priority",
    "intake_type": "intake_type",
    "language": "language",
    "tag": "tags",
    "customer_id": "customer",
}


def in_view(view: View, *, agent: str, groups: Collection[str]) -> Filter:
    """What a view shows this agent, who is in these groups."""
    scope = VIEWS[view]
    found: Filter = {"box": scope.box}
    if scope.statuses:
        found["status"] = any_of(scope.statuses)
    if scope.mine:
        found["assignee"] = agent
    if scope.my_groups:
        found["group"] = any_of(sorted(groups))
    return found


def asked(wanted: Mapping[str, Any]) -> list[Filter]:
    """The conditions that are asked besides the view."""
    if "assignee" in wanted and "status" not in wanted:
        wanted = {**wanted, "status": list(Status)}  # by status too, an agent's tickets are read in order
    simple = [{ANY_OF[name]: any_of(value)} for name, value in wanted.items() if name in ANY_OF]
    return simple + [OTHERS[name](value) for name, value in wanted.items() if name in OTHERS]


def within(view: Filter, wanted: Mapping[str, Any]) -> Filter:
    """The view narrowed by the conditions; spam appears where its resolution is asked for."""
    conditions = asked(wanted)
    if Resolution.SPAM in wanted.get("resolution", ()) and view["box"] is Box.MAIN:
        view = view | {"box": any_of([Box.MAIN, Box.SPAM])}
    return {"$and": [view, *conditions]} if conditions else view


def order_of(sort: str) -> Sort:
    """`-created_at` as an order."""
    return [(sort.lstrip("-"), -1 if sort.startswith("-") else 1)]


def any_of(values: Collection[Any]) -> Any:
    """One of the values."""
    return next(iter(values)) if len(values) == 1 else {"$in": list(values)}


def _assigned(value: bool) -> Filter:
    return {"assignee": {"$ne": None} if value else None}


def _title(text: str) -> Filter:
    return {"title": {"$regex": re.escape(text), "$options": "i"}}


OTHERS: dict[str, Callable[[Any], Filter]] = {
    "assigned": _assigned,
    "title": _title,
    "created_from": lambda instant: {"created_at": {"$gte": instant}},
    "created_to": lambda instant: {"created_at": {"$lte": instant}},
}
