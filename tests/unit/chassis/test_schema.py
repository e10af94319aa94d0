"""What enters is checked to the letter at the edge, and read with tolerance between services."""

from datetime import UTC, datetime, timedelta

import pytest
from marshmallow import fields

from services.chassis.context import Call, using
from services.chassis.errors import Invalid
from services.chassis.schema import ChosenId, Flag, Id, Instant, PageOf, Schema, Span, Text, Whole


class Inner(Schema):
    """For these tests."""

    title = Text(max=5)


class Outer(Schema):
    """For these tests."""

    id = Id(required=True)
    chosen = ChosenId()
    inner = fields.Nested(Inner)
    number = Whole(min=1)
    flag = Flag()
    at = Instant()
    after = Span()
    tags = fields.List(Text(max=3))


def read(strict=True, **raw):
    with using(Call.begin(strict=strict)):
        return Outer().read({"id": "x", **raw})


def wrong(**raw):
    with pytest.raises(Invalid) as caught:
        read(**raw)
    return set(caught.value.errors)


def test_unknown_fields_are_refused_from_the_edge_all_the_way_down():
    assert wrong(other=1, inner={"title": "a", "colour": "red"}) == {"other", "inner.colour"}


def test_unknown_fields_are_ignored_between_services_all_the_way_down():
    assert read(strict=False, other=1, inner={"title": "a", "colour": "red"}) == {"id": "x", "inner": {"title": "a"}}


@pytest.mark.requirement("R30")
@pytest.mark.requirement("N17")
def test_lengths_count_code_points_after_nfc():
    decomposed = "か\u3099" * 5

    assert read(inner={"title": decomposed}) == {"id": "x", "inner": {"title": "が" * 5}}
    assert wrong(inner={"title": "が" * 6}) == {"inner.title"}


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "\udc00x"])
def test_text_without_a_meaning_is_refused(text):
    assert wrong(inner={"title": text}) == {"inner.title"}


@pytest.mark.parametrize("chosen", ["", "A", "-a", "a b", "ä", "a" * 65, "a\n", 1, None])
def test_a_chosen_id_keeps_to_its_letters(chosen):
    assert wrong(chosen=chosen) == {"chosen"}


@pytest.mark.parametrize("number", ["3", 1.5, 0, True, 2**63, None, 1e30])
def test_a_whole_number_is_one_already(number):
    assert wrong(number=number) == {"number"}


@pytest.mark.parametrize("flag", ["true", 1, "no", None])
def test_a_flag_is_not_guessed(flag):
    assert wrong(flag=flag) == {"flag"}


@pytest.mark.parametrize("at", ["2026-11-22", "2026-11-22T01:02:05", "yesterday", 5, None, "0001-01-01T00:00:00+23:00"])
def test_an_instant_names_its_offset(at):
    assert wrong(at=at) == {"at"}


@pytest.mark.parametrize("after", ["14 days", "P1M", "PT-5S", "-PT5S", 15, None, ""])
def test_a_span_has_a_fixed_length(after):
    assert wrong(after=after) == {"after"}


def test_instants_and_spans_come_back_as_they_are_written():
    values = read(at="2026-11-22T10:02:05.6301+09:00", after="P14D")

    assert values["at"] == datetime(2026, 11, 22, 1, 2, 5, 630000, UTC)
    assert values["after"] == timedelta(days=14)
    assert Outer(only=["at", "after"]).dump(values) == {"at": "2026-11-22T01:02:05.630Z", "after": "P14D"}


def test_every_wrong_field_is_named_by_its_path():
    assert wrong(number="x", tags=["abc", "abcd"], inner={"title": 3}) == {"number", "tags.1", "inner.title"}


def test_a_body_that_is_no_object_is_invalid():
    with using(Call.begin(strict=True)), pytest.raises(Invalid) as caught:
        Outer().read([1])

    assert caught.value.errors == {"_schema": ["Invalid input type."]}


def test_a_page_shows_its_items():
    page = PageOf(Inner).dump({"items": [{"title": "a", "secret": 1}], "next": "c"})

    assert page == {"items": [{"title": "a"}], "next": "c"}
