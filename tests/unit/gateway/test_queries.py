from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.http.queries import MAX_PARAMETERS, limit, next_link, parameters, repeated, single
from services.chassis.errors import Invalid, Malformed


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        ("", []),
        ("a=1&b=2&a=3", [("a", "1"), ("b", "2"), ("a", "3")]),
        ("q=%E8%AB%8B+x%2By", [("q", "請 x+y")]),
        ("q=請".encode().decode("latin-1"), [("q", "請")]),
        ("flag&empty=", [("flag", ""), ("empty", "")]),
    ],
)
def test_parameters_come_decoded_and_in_order(raw, pairs):
    assert parameters(raw) == pairs


@pytest.mark.parametrize(
    "raw", ["q=%", "q=%4", "q=%zz", "q=%ff", "q=%ED%A0%80", "q=\xff", "q=%00", "q=a%0Ab", "a=1&" * (MAX_PARAMETERS + 2)]
)
def test_a_query_that_cannot_be_read_is_malformed(raw):
    with pytest.raises(Malformed):
        parameters(raw)


def test_a_single_parameter_that_comes_twice_is_invalid():
    with pytest.raises(Invalid) as refused:
        single([("a", "1"), ("b", "2"), ("a", "1")])

    assert list(refused.value.errors) == ["a"]


def test_repeated_parameters_are_lists():
    assert repeated([("status", "new"), ("group", "x"), ("status", "solved")]) == {
        "status": ["new", "solved"],
        "group": ["x"],
    }


@pytest.mark.parametrize(("text", "number"), [(None, 50), ("1", 1), ("200", 200)])
def test_a_page_has_a_limit(text, number):
    assert limit(text) == number


@pytest.mark.parametrize("text", ["0", "201", "-1", "", "ten", "1.0", " 5", "١٢", "9" * 5000])
def test_a_wrong_limit_is_invalid(text):
    with pytest.raises(Invalid) as refused:
        limit(text)

    assert list(refused.value.errors) == ["limit"]


def test_the_next_page_has_the_same_address_but_for_the_cursor():
    link = next_link("/v1/tickets", [("status", "new"), ("cursor", "old"), ("status", "solved"), ("q", "請 &")], "c=1")

    target, relation = link.split("; ")
    assert relation == 'rel="next"'
    assert parse_qs(urlsplit(target.strip("<>")).query) == {
        "status": ["new", "solved"],
        "q": ["請 &"],
        "cursor": ["c=1"],
    }
