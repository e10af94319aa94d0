"""What a consumer of a released schema would trip over in a later one."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsoncompat import Role, check_compat

Schema = Mapping[str, Any]


def breaks(released: Schema, now: Schema) -> list[str]:
    """Each break as a sentence with the type and the field; none if every event that fits `now` fits `released`."""
    if _fits(released, now):
        return []
    title = released["title"]
    return list(_broken(released, now, title)) or [
        f"{title}: there are values now that did not fit when it was released"
    ]


def _broken(released: Schema, now: Schema, path: str) -> Iterator[str]:
    known, current = released.get("properties", {}), now.get("properties", {})
    required = set(released.get("required", ())) - set(now.get("required", ()))
    for name, schema in known.items():
        place = f"{path}: {name}" if ":" not in path else f"{path}.{name}"
        if name not in current:
            yield f"{place} is gone"
        elif name in required:
            yield f"{place} was always there, and may be missing now"
        elif not _fits(schema, current[name]):
            yield from _inside(schema, current[name], place)


def _inside(released: Schema, now: Schema, place: str) -> Iterator[str]:
    inner = list(_broken(released, now, place))
    if not inner and "items" in released and "items" in now:
        inner = list(_inside(released["items"], now["items"], f"{place}[]"))
    yield from inner or [f"{place} was {json.dumps(released)}, and may be {json.dumps(now)} now"]


def _fits(released: Schema, now: Schema) -> bool:
    return check_compat(_nameless(released), _nameless(now), Role.SERIALIZER)


def _nameless(schema: Schema) -> str:
    """The comparison takes an $id for a reference that it cannot follow."""
    return json.dumps({name: value for name, value in schema.items() if name != "$id"})
