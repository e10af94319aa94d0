import json

import pytest

from gateway.http.json_text import MAX_DEPTH, read_object
from services.chassis.errors import Invalid, Malformed


def nested(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)


def test_fields_come_as_they_were_sent():
    fields = read_object('{"title": "請求書 \\ud83d\\ude00", "tags": ["a"], "ratio": 0.5, "note": null}'.encode())

    assert fields == {"title": "請求書 😀", "tags": ["a"], "ratio": 0.5, "note": None}


def test_an_empty_body_has_no_fields():
    assert read_object(b"") == {}


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"{", id="cut off"),
        pytest.param(b'{"a": 1,}', id="trailing comma"),
        pytest.param(b'{"a": 1} {"b": 2}', id="two documents"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', id="byte order mark"),
        pytest.param('{"a": "é"}'.encode("latin-1"), id="Latin-1"),
        pytest.param('{"a": 1}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"a": "\xed\xa0\x80"}', id="surrogate in UTF-8"),
        pytest.param(b'{"a": "\x00"}', id="raw NUL"),
        pytest.param(b'{"a": NaN}', id="NaN"),
        pytest.param(b'{"a": -Infinity}', id="Infinity"),
        pytest.param(b'{"a": 1e999}', id="too large a number"),
        pytest.param(b'{"a": 9007199254740992}', id="beyond doubles"),
        pytest.param(b'{"a": ' + b"9" * 10_000 + b"}", id="ten thousand digits"),
        pytest.param(b'{"a": 1, "a": 2}', id="name twice"),
        pytest.param(b'{"a": {"b": 1, "b": 2}}', id="name twice inside"),
        pytest.param(b"[]", id="array"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"text"', id="text"),
        pytest.param(b"[" * 100_000, id="100,000 deep and open"),
        pytest.param(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", id="100,000 deep"),
        pytest.param(nested(MAX_DEPTH + 1), id="one too deep"),
    ],
)
def test_what_is_no_plain_json_object_is_malformed(raw):
    with pytest.raises(Malformed):
        read_object(raw)


def test_the_deepest_that_is_allowed_is_read():
    fields = read_object(nested(MAX_DEPTH))

    assert json.dumps(fields).count("{") == MAX_DEPTH


def test_many_objects_beside_each_other_are_not_deep():
    fields = read_object(json.dumps({"tickets": [{"id": number} for number in range(1000)]}).encode())

    assert len(fields["tickets"]) == 1000


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (rb'{"title": "\ud800"}', "title"),
        (rb'{"title": "\uDFFF text"}', "title"),
        (rb'{"title": "a\u0000b"}', "title"),
        (rb'{"fields": [{"deep": "\ud800"}]}', "fields"),
        (rb'{"fields": {"\u0000": 1}}', "fields"),
    ],
)
def test_text_that_no_field_can_hold_is_invalid_and_named(raw, field):
    with pytest.raises(Invalid) as refused:
        read_object(raw)

    assert list(refused.value.errors) == [field]


def test_a_field_name_that_cannot_be_written_is_shown_in_another_way():
    with pytest.raises(Invalid) as refused:
        read_object(rb'{"\ud800": 1}')

    assert list(refused.value.errors) == ["\ufffd"]


@pytest.mark.parametrize("raw", [rb'{"a": "\\ud800"}', rb'{"a": "\ud83d\ude00"}'])
def test_an_escaped_backslash_and_a_whole_pair_are_text(raw):
    assert read_object(raw) == json.loads(raw)
