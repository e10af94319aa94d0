"""A mail of ours is what RFC 5322 allows, and says what its author wrote."""

from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mail.domain.compose import File, Outgoing, compose, thread_references
from services.mail.domain.mime.addresses import Address
from services.mail.domain.mime.encoding import sendable
from services.mail.domain.reading import read
from services.mail.errors import BrokenHeader, UnsendableAddress

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=9)))
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120)


def an_outgoing(**values) -> Outgoing:
    usual = {
        "sender": Address("support@example.jp", "サポート窓口"),
        "to": (Address("taro@example.com", "山田 太郎"),),
        "subject": "Re: ご注文の件",
        "text": "お世話になっております。\n",
        "message_id": "ours@example.jp",
        "date": AT,
    }
    return Outgoing(**(usual | values))


def composed(**values) -> bytes:
    return compose(an_outgoing(**values))


def seen_by_others(raw: bytes) -> EmailMessage:
    """The mail as the standard library reads it."""
    return message_from_bytes(raw, policy=policy.default)


@pytest.mark.requirement("R155")
def test_a_mail_is_read_by_others_as_it_was_written():
    mail = seen_by_others(composed(in_reply_to="q@example.com", references=("p@example.com",)))

    assert (str(mail["subject"]), str(mail["to"])) == ("Re: ご注文の件", "山田 太郎 <taro@example.com>")
    assert (mail["in-reply-to"], mail["references"]) == ("<q@example.com>", "<p@example.com> <q@example.com>")
    assert mail.get_content().replace("\r\n", "\n") == "お世話になっております。\n"


@given(subject=LINES, name=LINES, lines=st.lists(LINES, max_size=5))
def test_whatever_is_written_comes_out_the_same(subject, name, lines):
    raw = composed(subject=subject, text="\n".join(lines), to=(Address("taro@example.com", name),))
    mine, others = read(raw, "0"), seen_by_others(raw)

    assert mine.subject.split() == str(others["subject"]).split()
    assert mine.to[0].address == others["to"].addresses[0].addr_spec
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", [".", "J. Smith", "Inc."])
def test_a_name_with_a_dot_is_quoted(name):
    raw = composed(to=(Address("taro@example.com", name),))

    assert f'"{name}" <taro@example.com>'.encode() in raw


@pytest.mark.requirement("N17")
def test_who_writes_iso_2022_jp_is_answered_in_it():
    raw = composed(answered_charset="ISO-2022-JP", subject="件名～", text="本文－です")

    assert (b"=?ISO-2022-JP?B?" in raw, b"\x1b$B" in raw, raw.isascii()) == (True, True, True)
    assert (read(raw, "0").subject, read(raw, "0").text) == ("件名〜", "本文−です\n")


@pytest.mark.requirement("N17")
@pytest.mark.parametrize("text", ["①", "😀", "é", "ｱ"])
def test_what_iso_2022_jp_does_not_hold_goes_out_as_utf_8(text):
    raw = composed(answered_charset="ISO-2022-JP", text=text)

    assert (b'charset="utf-8"' in raw, read(raw, "0").text) == (True, f"{text}\n")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("plain", b"7bit"),
        ("un caf\u00e9 au lait, merci. " * 30, b"quoted-printable"),
        ("日本語", b"base64"),
        ("x" * 2_000, b"quoted-printable"),
    ],
)
def test_text_is_sent_in_the_simplest_encoding_that_holds_it(text, encoding):
    raw = composed(text=text)

    assert (b"Content-Transfer-Encoding: " + encoding in raw, read(raw, "0").text.strip()) == (True, text.strip())


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ends_in_crlf(ending):
    raw = composed(text=ending.join(["one", "two"]))

    assert b"one\r\ntwo\r\n" in raw
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0


def test_html_goes_out_beside_the_text():
    mail = read(composed(html="<p>こんにちは</p>"), "0")

    assert (mail.text.strip(), (mail.html or "").strip()) == ("お世話になっております。", "<p>こんにちは</p>")


@pytest.mark.requirement("R158")
@pytest.mark.parametrize("name", ["a.pdf", "見積書.pdf", "見積書" * 40 + ".pdf", 'a"b;c.pdf', "a%20b.pdf"])
def test_an_attachment_keeps_its_name_and_content(name):
    content = bytes(range(256)) * 10
    raw = composed(files=(File(filename=name, content_type="application/pdf", content=content),))
    others = next(seen_by_others(raw).iter_attachments())

    assert (others.get_filename(), others.get_content()) == (name, content)
    assert [(kept.raw_filename, kept.content) for kept in read(raw, "0").attachments] == [(name, content)]


@pytest.mark.requirement("R161")
@pytest.mark.parametrize(
    ("inner", "kind"), [(b"Subject: x\n\nText", "message/rfc822"), ("本文".encode(), "application/octet-stream")]
)
def test_a_forwarded_mail_is_attached_without_being_encoded_or_changed(inner, kind):
    raw = composed(files=(File(filename="mail.eml", content_type="message/rfc822", content=inner),))
    (kept,) = read(raw, "0").attachments

    assert (kept.content_type, kept.content.replace(b"\r\n", b"\n")) == (kind, inner)


def test_a_strange_content_type_becomes_a_plain_file():
    raw = composed(files=(File(filename="a", content_type="x\r\nBcc: y@z", content=b"x"),))

    assert read(raw, "0").attachments[0].content_type == "application/octet-stream"


def test_blind_copies_are_not_told():
    assert b"secret@example.com" not in composed(bcc=(Address("secret@example.com"),))


@pytest.mark.parametrize("broken", ["a\r\nBcc: x@y.jp", "a\nb", "a\rb", "a\x00b", "a\u2028b"])
@pytest.mark.parametrize("field", ["subject", "name", "filename", "extra"])
def test_a_line_break_in_a_header_value_is_refused(broken, field):
    values = {
        "subject": {"subject": broken},
        "name": {"to": (Address("taro@example.com", broken),)},
        "filename": {"files": (File(filename=broken, content_type="text/plain", content=b""),)},
        "extra": {"extra_headers": (("X-Note", broken),)},
    }

    with pytest.raises(BrokenHeader):
        composed(**values[field])


@pytest.mark.parametrize("identifier", ["a@b\r\nBcc: x@y", "a b@c", "<a@b>", "日本@b", ""])
def test_an_identifier_that_would_break_its_field_is_refused(identifier):
    with pytest.raises(BrokenHeader):
        composed(message_id=identifier)


@pytest.mark.parametrize(
    "address", ["", "taro", "@example.jp", "taro@", "ta ro@x.jp", "太郎@example.jp", "a@b@c..jp", "a@-\u3000"]
)
def test_an_address_to_which_nothing_can_be_sent_is_refused(address):
    with pytest.raises(UnsendableAddress):
        composed(to=(Address(address),))


def test_a_japanese_domain_is_sent_in_ascii():
    assert sendable("to", "taro@日本語.jp") == "taro@xn--wgv71a119e.jp"


def test_references_keep_the_first_and_the_latest():
    kept = thread_references("latest@x", [f"r{number}@x" for number in range(100)])

    assert (len(kept), kept[0], kept[-1]) == (20, "r0@x", "latest@x")


def test_references_name_nothing_twice():
    assert thread_references("b@x", ["a@x", "b@x", "a@x"]) == ("a@x", "b@x")
