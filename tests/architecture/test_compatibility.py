"""The comparison of schemas finds what would break a consumer, and names it."""

from copy import deepcopy
from typing import Any

from tests.architecture.compatibility import breaks

RELEASED: dict[str, Any] = {
    "$id": "urn:madoguchi:event:lamp.lit:1",
    "title": "lamp.lit",
    "type": "object",
    "properties": {
        "lamp": {"type": "string"},
        "room": {"type": "object", "properties": {"floor": {"type": "integer"}}, "required": ["floor"]},
        "shades": {"type": "array", "items": {"type": "string"}},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "required": ["lamp", "room", "shades"],
}


def later(*path: str, to: Any = None) -> dict[str, Any]:
    """The released schema with one member replaced, or taken away."""
    schema = deepcopy(RELEASED)
    place: Any = schema
    for name in path[:-1]:
        place = place[name]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return schema


def test_the_same_schema_breaks_nobody() -> None:
    assert breaks(RELEASED, RELEASED) == []


def test_a_further_field_breaks_nobody() -> None:
    assert breaks(RELEASED, later("properties", "watts", to={"type": "number"})) == []


def test_a_field_that_is_never_null_any_more_breaks_nobody() -> None:
    assert breaks(RELEASED, later("properties", "note", to={"type": "string"})) == []


def test_a_field_that_is_gone_is_named() -> None:
    assert breaks(RELEASED, later("properties", "note")) == ["lamp.lit: note is gone"]


def test_a_field_that_may_be_missing_is_named() -> None:
    found = breaks(RELEASED, later("required", to=["room", "shades"]))

    assert found == ["lamp.lit: lamp was always there, and may be missing now"]


def test_a_field_of_another_type_is_named() -> None:
    [found] = breaks(RELEASED, later("properties", "lamp", to={"type": "integer"}))

    assert found.startswith("lamp.lit: lamp was")


def test_a_field_that_may_be_null_now_is_named() -> None:
    nullable = {"anyOf": [{"type": "string"}, {"type": "null"}]}

    [found] = breaks(RELEASED, later("properties", "lamp", to=nullable))

    assert found.startswith("lamp.lit: lamp was")


def test_a_field_within_a_field_is_named() -> None:
    found = breaks(RELEASED, later("properties", "room", "properties", "floor"))

    assert found == ["lamp.lit: room.floor is gone"]


def test_the_items_of_a_list_are_named() -> None:
    [found] = breaks(RELEASED, later("properties", "shades", "items", to={"type": "integer"}))

    assert found.startswith("lamp.lit: shades[] was")
