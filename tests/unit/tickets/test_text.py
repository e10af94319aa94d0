"""Cutting long text where a reader sees no tear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tickets.domain.tags import distinct, retagged
from services.tickets.domain.text import NO_SUBJECT, cut, description_of, title_of

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.requirement("R30")
def test_no_grapheme_is_torn():
    assert cut("a" * 1998 + FAMILY, 2000) == "a" * 1998
    assert cut("か\u3099" * 3, 5) == "か\u3099" * 2


def test_a_grapheme_longer_than_everything_is_torn():
    assert cut("e" + "\u0301" * 10, 5) == "e" + "\u0301" * 4


@given(st.text(), st.integers(1, 50))
def test_what_is_cut_is_a_beginning_that_fits(text: str, length: int):
    short = cut(text, length)

    assert text.startswith(short)
    assert len(short) == len(text) or 0 < len(short) <= length


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("", NO_SUBJECT),
        (" \u3000\t", NO_SUBJECT),
        ("\u0301", NO_SUBJECT),
        (" Re:  請求書\n について ", "Re: 請求書 について"),
        ("あ" * 300, "あ" * 255),
    ],
)
def test_every_subject_becomes_a_title(subject: str, title: str):
    assert title_of(subject) == title


def test_a_short_text_is_its_own_description():
    assert description_of("\n九月分が届きません。\n") == "九月分が届きません。"


@pytest.mark.requirement("R39")
def test_tags_that_only_look_different_are_one():
    assert distinct(["VIP", "ｖｉｐ", " vip ", "請求"]) == ("VIP", "請求")


@pytest.mark.requirement("R39")
def test_to_add_a_tag_again_changes_nothing():
    assert retagged(("VIP",), add=["vip"]) == ("VIP",)


def test_a_tag_is_taken_away_however_it_is_written():
    assert retagged(("VIP", "請求"), remove=["ｖｉｐ"]) == ("請求",)
