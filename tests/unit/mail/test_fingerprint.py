"""Two deliveries of one mail have one fingerprint, and no two mails have the same."""

import pytest

from services.mail.domain.fingerprint import fingerprint
from tests.unit.mail.raw import raw_mail

FIELDS = {"Message_ID": "<a@b>", "Cc": "c@d.jp", "Date": "Fri, 02 Jan 2026 03:04:05 +0900"}


@pytest.mark.requirement("N12")
@pytest.mark.parametrize(
    "trace",
    [
        {"Received": "from a by b"},
        {"Return_Path": "<x@y>"},
        {"Delivered_To": "desk@example.jp"},
        {"X_Spam_Score": "5"},
        {"DKIM_Signature": "v=1"},
    ],
)
def test_the_way_that_a_mail_took_makes_no_difference(trace):
    assert fingerprint(raw_mail(**FIELDS, **trace)) == fingerprint(raw_mail(**FIELDS))


@pytest.mark.parametrize("ending", [b"\n", b"\r"])
def test_line_endings_make_no_difference(ending):
    raw = raw_mail(b"one\r\ntwo\r\n", **FIELDS)

    assert fingerprint(raw.replace(b"\r\n", ending)) == fingerprint(raw)


def test_folding_and_empty_lines_at_the_end_make_no_difference():
    folded = raw_mail(b"text\r\n\r\n", **(FIELDS | {"Subject": "a\r\n b"}))

    assert fingerprint(folded) == fingerprint(raw_mail(b"text", **(FIELDS | {"Subject": "a b"})))


@pytest.mark.requirement("N12")
@pytest.mark.parametrize("field", ["From", "To", "Cc", "Date", "Subject", "Message_ID"])
def test_every_field_of_its_writer_makes_a_difference(field):
    assert fingerprint(raw_mail(**(FIELDS | {field: "else@example.jp"}))) != fingerprint(raw_mail(**FIELDS))


def test_the_body_makes_a_difference():
    assert fingerprint(raw_mail(b"one", **FIELDS)) != fingerprint(raw_mail(b"two", **FIELDS))


def test_a_value_does_not_flow_into_the_next_field():
    one = raw_mail(To="a@b", Cc="c@d e@f")
    other = raw_mail(To="a@b c@d", Cc="e@f")

    assert fingerprint(one) != fingerprint(other)
