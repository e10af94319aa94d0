"""A thread is found by our signature, wherever a mail carries it, and by nobody else's."""

import pytest

from services.mail.domain.message import Bounce, ParsedMail
from services.mail.domain.mime.addresses import Address
from services.mail.domain.token import FoundToken, Place, find_token, is_own_mail, make_token, message_id, plus_address

SECRET = b"a secret of sixteen bytes"
THREAD = "01JD9V1A2B3C4D5E6F7G8H9J0K"
MESSAGE = "01JD9V2A2B3C4D5E6F7G8H9J0K"
OURS = message_id(SECRET, THREAD, MESSAGE, "Example.JP")
PLUS = Address(plus_address(SECRET, THREAD, "support@example.jp"))


def a_mail(**values):
    return ParsedMail(**({"message_id": "customer@example.com"} | values))


@pytest.mark.requirement("N13")
@pytest.mark.parametrize(
    ("values", "message", "place"),
    [
        ({"in_reply_to": (OURS,)}, MESSAGE, Place.IN_REPLY_TO),
        ({"references": (OURS, "other@example.com")}, MESSAGE, Place.REFERENCES),
        ({"bounce": Bounce(original_message_id=OURS)}, MESSAGE, Place.BOUNCED),
        ({"reply_to": (PLUS,)}, None, Place.REPLY_TO),
        ({"to": (Address("x@y.jp"), PLUS)}, None, Place.TO),
        ({"cc": (PLUS,)}, None, Place.CC),
        ({"delivered_to": (PLUS,)}, None, Place.DELIVERED_TO),
        ({"x_original_to": (PLUS,)}, None, Place.X_ORIGINAL_TO),
        ({"subject": f"Re: Order [{make_token(SECRET, THREAD)}]"}, None, Place.SUBJECT),
    ],
)
def test_a_token_is_found_in_every_place(values, message, place):
    assert find_token(a_mail(**values), SECRET) == FoundToken(THREAD, message, place)


@pytest.mark.requirement("N13")
def test_the_surest_place_wins():
    other = message_id(SECRET, MESSAGE, THREAD, "example.jp")

    found = find_token(a_mail(in_reply_to=(OURS,), references=(other,), to=(PLUS,)), SECRET)

    assert found == FoundToken(THREAD, MESSAGE, Place.IN_REPLY_TO)


def test_of_several_references_the_latest_counts():
    later = message_id(SECRET, MESSAGE, THREAD, "example.jp")

    found = find_token(a_mail(references=(OURS, later)), SECRET)

    assert found is not None
    assert found.thread == MESSAGE


@pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase])
def test_a_token_survives_a_change_of_case(change):
    found = find_token(a_mail(in_reply_to=(change(OURS),)), SECRET)

    assert found == FoundToken(THREAD, MESSAGE, Place.IN_REPLY_TO)


@pytest.mark.requirement("N13")
@pytest.mark.parametrize(
    "forged",
    [
        message_id(b"another secret", THREAD, MESSAGE, "example.jp"),
        OURS.replace(THREAD.lower(), MESSAGE.lower()),
        OURS.replace(f".{MESSAGE.lower()}", ""),
        OURS[:-13],
        f"x{OURS}",
    ],
)
def test_a_forged_token_leads_nowhere(forged):
    assert find_token(a_mail(in_reply_to=(forged,)), SECRET) is None


def test_a_valid_token_is_found_behind_a_forged_one():
    forged = message_id(b"another secret", THREAD, MESSAGE, "example.jp")

    found = find_token(a_mail(in_reply_to=(forged,), references=(OURS,)), SECRET)

    assert found == FoundToken(THREAD, MESSAGE, Place.REFERENCES)


def test_an_address_with_a_token_is_one_that_mail_can_be_sent_to():
    local, _, domain = PLUS.address.rpartition("@")

    assert (len(local) <= 64, domain) == (True, "example.jp")


def test_our_own_mail_is_known_by_its_message_id():
    assert (is_own_mail(a_mail(message_id=OURS), SECRET), is_own_mail(a_mail(in_reply_to=(OURS,)), SECRET)) == (
        True,
        False,
    )
