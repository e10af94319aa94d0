"""An event is data that fits its own schema, in an envelope as the contract shows it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

import pytest

from services.chassis.events import Event, envelope
from services.chassis.json_schema import of_type

AT = datetime(2026, 11, 22, 1, 2, 5, 630000, UTC)


class Colour(StrEnum):
    """For these tests."""

    RED = "red"


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """Somebody lit a lamp."""

    type: ClassVar[str] = "lamp.lit"
    example: ClassVar[dict[str, Any]] = {"lamp": "l", "colour": "red", "at": "2026-11-22T01:02:05.630Z", "tags": []}

    lamp: str
    colour: Colour
    at: datetime | None
    tags: tuple[str, ...] = field(default=())


def test_data_is_what_json_has():
    event = LampLit(
        subject="l", lamp="l", colour=Colour.RED, at=AT, tags=("a",), changed={"colour": [None, Colour.RED]}
    )

    assert event.data() == {
        "lamp": "l",
        "colour": "red",
        "at": "2026-11-22T01:02:05.630Z",
        "tags": ["a"],
        "changed": {"colour": [None, "red"]},
        "personal": {},
    }


def test_the_schema_says_what_is_required_and_of_which_type():
    schema = LampLit.json_schema()

    assert schema["required"] == ["lamp", "colour", "at"]
    assert schema["properties"]["at"] == {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}
    assert schema["$id"] == "urn:madoguchi:event:lamp.lit:1"


def test_a_type_that_json_cannot_say_is_refused():
    with pytest.raises(TypeError, match="no word for"):
        of_type(complex)


def test_the_envelope_is_a_cloud_event():
    row = {
        "_id": "01JD9V3K5T6M8Q2R4S6T8V0W2X",
        "type": "lamp.lit",
        "subject": "l",
        "sequence": 7,
        "position": 4711,
        "time": AT,
        "actor": "agent/alice",
        "correlationid": "c",
        "causationid": None,
        "traceparent": None,
        "data": {"lamp": "l"},
    }

    found = envelope(row, source="/madoguchi/local/lamps", epoch=1)

    assert found == {
        "specversion": "1.0",
        "id": "01JD9V3K5T6M8Q2R4S6T8V0W2X",
        "source": "/madoguchi/local/lamps",
        "type": "lamp.lit",
        "subject": "l",
        "time": "2026-11-22T01:02:05.630Z",
        "datacontenttype": "application/json",
        "dataschema": "urn:madoguchi:event:lamp.lit:1",
        "sequence": "00000000000000000007",
        "position": "1-00000000000000004711",
        "correlationid": "c",
        "actor": "agent/alice",
        "data": {"lamp": "l"},
    }
