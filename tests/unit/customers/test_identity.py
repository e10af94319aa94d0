"""What makes two addresses the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.customers.domain.identity import Channel, identity, key_of
from services.customers.errors import NotAnAddress

SAME = [
    (Channel.MAIL, "Taro@Example.JP", "taro@example.jp"),
    (Channel.MAIL, "taro@例え.jp", "taro@xn--r8jz45g.jp"),
    (Channel.MAIL, "taro@example.jp.", "taro@example.jp"),
    (Channel.MAIL, "ｔａｒｏ＠example.jp", "taro@example.jp"),
    (Channel.MAIL, "taro@under_score.example.jp", "Taro@UNDER_score.example.jp"),
    (Channel.PHONE, "03-1234-5678", "+81 3 1234 5678"),
    (Channel.PHONE, "０３（１２３４）５６７８", "0312345678"),
    (Channel.CHAT, " Taro ", "ＴＡＲＯ"),
]


@pytest.mark.requirement("R115")
@pytest.mark.parametrize(("channel", "one", "other"), SAME)
def test_two_ways_of_writing_one_address(channel: Channel, one: str, other: str):
    assert key_of(channel, one, "JP") == key_of(channel, other, "JP")


@pytest.mark.parametrize(
    ("channel", "one", "other"),
    [
        (Channel.MAIL, "taro@example.jp", "taro@example.com"),
        (Channel.MAIL, "taro+a@example.jp", "taro@example.jp"),
        (Channel.PHONE, "03-1234-5678", "03-1234-5679"),
        (Channel.PHONE, "+1 212 555 0100", "212 555 0100"),
    ],
)
def test_addresses_that_are_not_the_same(channel: Channel, one: str, other: str):
    assert key_of(channel, one, "JP") != key_of(channel, other, "JP")


@pytest.mark.requirement("R111")
def test_a_call_and_an_sms_from_one_number_are_one_person():
    assert key_of(Channel.SMS, "090-1234-5678", "JP") == key_of(Channel.PHONE, "+819012345678", "JP")


def test_the_same_text_on_two_channels_is_two_addresses():
    assert key_of(Channel.CHAT, "taro", "JP") != key_of(Channel.EXTERNAL, "taro", "JP")


def test_an_address_is_kept_as_it_was_written():
    assert identity(Channel.MAIL, " Taro@Example.JP ", region="JP").address == "Taro@Example.JP"


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (Channel.MAIL, "taro"),
        (Channel.MAIL, "@example.jp"),
        (Channel.MAIL, "taro@"),
        (Channel.PHONE, "x"),
        (Channel.CHAT, " "),
    ],
)
def test_what_is_no_address_of_its_channel(channel: Channel, address: str):
    with pytest.raises(NotAnAddress) as refusal:
        identity(channel, address, region="JP", field="identities.0.address")

    assert refusal.value.errors.keys() == {"identities.0.address"}


@given(st.sampled_from(Channel), st.text())
def test_no_text_breaks_the_comparison(channel: Channel, address: str):
    key = key_of(channel, address, "JP")

    assert key == "" or "|" in key
