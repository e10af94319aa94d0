"""Whatever arrives is read: nothing raises, and everything that comes out can be stored."""

import base64

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.mail.domain.message import ParsedMail
from services.mail.domain.reading import read
from tests.unit.mail.raw import DIGEST, joined, part, raw_mail, read_mail, read_multipart

FRAGMENTS = [
    *(
        b"\r\n",
        b"\n\n",
        b"From: ",
        b"Subject: =?utf-8?B?",
        b"?=",
        b"\x1b$B",
        b"\x1b(B",
        b"\xff\xfe",
        b"\x00",
        b"--limit",
    ),
    *(b"<a@b>", b"Content-Transfer-Encoding: base64\r\n", b"\xed\xa0\x80", b"wrote:\n> ", b"begin 644 x\n"),
    b'Content-Type: multipart/mixed; boundary="limit"\r\n',
    b"Content-Type: text/html; charset=base64\r\n",
    b"Content-Type: message/delivery-status\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-16''%d8%00\r\n",
]
REPEATED = [
    *(
        b"=?a?q?",
        b'"',
        b"(",
        b"<",
        b"<a@",
        b"a@b,",
        b";a*0=",
        b" \n",
        b"\n",
        b"-",
        b"> ",
        b"On 1/1 ",
        b"wrote:\n",
        b"<div>",
    ),
    *(b"<!--", b"begin 644 a\n", b"550 5.1.1 ", b"From: a@b\n", b"\x1b$B", b"--limit\n", b"1:", b"a@"),
]


def texts(mail: ParsedMail) -> str:
    """Everything that came out of a mail, as one text."""
    names = [name for kept in mail.attachments for name in (kept.filename, kept.raw_filename, kept.content_type)]
    people = [text for person in (mail.author, *mail.to, *mail.cc) if person for text in (person.name, person.address)]
    headers = [text for header in mail.headers for text in header]
    identifiers = [mail.message_id, *mail.in_reply_to, *mail.references]
    return "".join([mail.subject, mail.text, mail.html or "", mail.reply_text, *names, *people, *headers, *identifiers])


@pytest.mark.requirement("N12")
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=40)), max_size=30).map(b"".join))
@example(b"")
@example(b"\x00")
@example(b"Content-Type: text/plain; charset=base64\r\n\r\n\xff")
@example(b"Content-Type: text/plain; charset=utf-7\r\n\r\n+2AA-")
@example(b"Content-Type: text/plain; charset=undefined\r\n\r\nabc")
def test_any_bytes_are_read_into_text_that_can_be_stored(raw):
    found = texts(read(raw, DIGEST))

    assert "\x00" not in found
    assert found.encode("utf-8").decode("utf-8") == found


@pytest.mark.requirement("N12")
def test_a_mail_without_sender_date_or_subject_is_read():
    mail = read(b"\r\njust text", DIGEST)

    assert (mail.author, mail.date, mail.subject, mail.text) == (None, None, "", "just text")


@pytest.mark.requirement("N12")
def test_five_hundred_nested_parts_are_read_and_kept():
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(500))
    closing = b"".join(b"\r\n--b%d--\r\n" % n for n in reversed(range(500)))

    mail = read(opening + b"\r\ninnermost" + closing, DIGEST)

    assert b"innermost" in mail.attachments[0].content


def test_two_thousand_parts_are_read_and_no_content_is_lost():
    mail = read_multipart(*(part(b"text %d" % number) for number in range(2_500)))

    assert all(f"text {number}" in mail.text for number in range(2_500))


@pytest.mark.requirement("N12")
def test_ten_thousand_headers_are_read():
    raw = b"".join(b"X-Header-%d: value\r\n" % number for number in range(10_000)) + b"Subject: Hello\r\n\r\nText"

    assert read(raw, DIGEST).subject == "Hello"


@pytest.mark.requirement("N12")
def test_thirty_megabytes_are_read():
    content = bytes(range(256)) * 90_000
    file = part(base64.encodebytes(content), "application/zip", Content_Transfer_Encoding="base64")

    mail = read_multipart(part(b"see file"), file)

    assert (mail.text, mail.attachments[0].content == content) == ("see file", True)


@pytest.mark.parametrize("unit", REPEATED)
def test_no_repetition_makes_the_reading_endless(unit):
    notice = {"From": "MAILER-DAEMON@example.net", "Subject": "Undelivered", "Return_Path": "<>"}

    bodies = [read_mail(unit * 20_000, Content_Type=kind, **notice) for kind in ("text/plain", "text/html")]
    header = read_mail(
        **{name: unit.replace(b"\n", b" ") * 5_000 for name in ("From", "To", "References", "Content_Type")}
    )

    assert [mail.subject for mail in (*bodies, header)] == ["Undelivered", "Undelivered", "Hello"]


def test_a_boundary_that_is_never_closed_and_opened_again_inside_itself_ends():
    inner = raw_mail(joined(part(b"inside")), Content_Type='multipart/mixed; boundary="limit"')

    assert "inside" in texts(read_multipart(inner))
