"""Pages by position: a cursor names the last item seen, so nothing is skipped or repeated when others come and go."""

import base64
import hashlib
import json
from typing import Any

from bson import json_util

from services.chassis.errors import Invalid
from services.chassis.mongo import Document
from services.chassis.store.rows import Rows, Sort


class UnknownCursor(Invalid):
    """The cursor was made up, or belongs to another query."""

    code = "unknown_cursor"

    def __init__(self) -> None:
        super().__init__("The cursor does not belong to this query.", errors={"cursor": ["Not one of this query."]})


def page_of(shelf: Any, filter: Document, *, sort: Sort, limit: int, cursor: str | None) -> dict[str, Any]:
    """Up to `limit` items after `cursor`, in the order of `sort` and then of `_id`, and the cursor of the next page."""
    rows: Rows = getattr(shelf, "rows", shelf)
    order = _total(sort)
    mark = _mark(filter, order)
    where = {"$and": [filter, _after(order, _read(cursor, mark, len(order)))]} if cursor else filter
    documents = rows.find(where, order, limit + 1)
    more = len(documents) > limit
    documents = documents[:limit]
    items = [shelf.of(each) for each in documents] if hasattr(shelf, "of") else documents
    return {"items": items, "next": _cursor(documents[-1], order, mark) if more else None}


def _total(sort: Sort) -> list[tuple[str, int]]:
    order = [(name, direction) for name, direction in sort if name != "_id"]
    own = [direction for name, direction in sort if name == "_id"]
    return [*order, ("_id", own[0] if own else (order[-1][1] if order else 1))]


def _mark(filter: Document, order: Sort) -> str:
    text = json_util.dumps([filter, order], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _cursor(last: Document, order: Sort, mark: str) -> str:
    text = json_util.dumps([mark, *(last.get(name) for name, _ in order)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, mark: str, length: int) -> list[Any]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = json_util.loads(base64.urlsafe_b64decode(padded).decode(), json_options=AWARE)
    except (ValueError, TypeError, KeyError, RecursionError, json.JSONDecodeError):
        raise UnknownCursor from None
    if not isinstance(found, list) or len(found) != length + 1 or found[0] != mark:
        raise UnknownCursor
    if any(isinstance(value, dict | list) for value in found):
        raise UnknownCursor
    return found[1:]


AWARE = json_util.JSONOptions(tz_aware=True)


def _after(order: Sort, values: list[Any]) -> Document:
    """All that comes behind the values; the first bound stands alone so that an index can use it."""
    ways = []
    for place, (name, direction) in enumerate(order):
        equal = {earlier: values[at] for at, (earlier, _) in enumerate(order[:place])}
        ways.append(equal | {name: _behind(direction, values[place])})
    first, direction = order[0]
    return {"$or": ways} | _from(first, direction, values[0])


def _behind(direction: int, value: Any) -> Document:
    """What is behind the value. Null comes first of all, and a comparison with a value leaves it out."""
    if value is None:
        return {"$ne": None} if direction > 0 else {"$lt": None}
    return {"$gt": value} if direction > 0 else {"$not": {"$gte": value}}


def _from(name: str, direction: int, value: Any) -> Document:
    """The value itself and what is behind it."""
    if value is None:
        return {} if direction > 0 else {name: None}
    return {name: {"$gte": value} if direction > 0 else {"$not": {"$gt": value}}}
