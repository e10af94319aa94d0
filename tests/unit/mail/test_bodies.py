"""The text that a person reads, the markup beside it, and what is kept as files."""

import base64
import binascii

import pytest

from services.mail.domain.mime.attachments import safe_filename
from services.mail.domain.mime.markup import sanitise, text_of
from tests.unit.mail.raw import file_part, joined, part, read_mail, read_multipart


def test_quoted_printable_and_base64_are_undone():
    quoted = read_mail(
        b"caf=C3=A9=\r\n!", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="quoted-printable"
    )
    packed = read_mail(
        base64.b64encode("あ".encode()), Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64"
    )

    assert (quoted.text, packed.text) == ("café!", "あ")


def test_a_body_that_is_not_what_its_encoding_says_is_read_as_it_is():
    mail = read_mail("これは base64 ではありません。".encode(), Content_Transfer_Encoding="base64")

    assert mail.text == "これは base64 ではありません。"


def test_of_alternatives_the_plain_text_is_read_and_the_markup_kept():
    mail = read_multipart(part(b"plain"), part(b"<p>rich</p>", "text/html"), subtype="alternative")

    assert (mail.text, mail.html) == ("plain", "<p>rich</p>")


def test_empty_plain_text_gives_way_to_markup():
    mail = read_multipart(part(b"  "), part(b"<p>rich</p>", "text/html"), subtype="alternative")

    assert mail.text == "rich"


def test_several_texts_are_read_one_after_the_other():
    mail = read_multipart(part(b"first"), file_part(b"x", "filename=a.bin"), part(b"second"))

    assert mail.text == "first\n\nsecond"


def test_the_markup_says_its_own_charset():
    page = '<html><head><meta charset="Shift_JIS"></head><body>日本語です</body></html>'.encode("cp932")

    assert read_mail(page, Content_Type="text/html").text == "日本語です"


def test_flowed_text_is_whole_lines_again():
    mail = read_mail(b"one \r\ntwo\r\n> quoted \r\n> on\r\n-- \r\nname", Content_Type="text/plain; format=flowed")

    assert mail.text == "one two\n> quoted on\n-- \nname"


def test_a_multipart_with_a_wrong_boundary_is_read_by_the_evident_one():
    body = joined(part(b"inside"), boundary=b"real")

    assert read_mail(body, Content_Type='multipart/mixed; boundary="declared"').text == "inside"


def test_a_multipart_without_any_boundary_is_read_as_text():
    assert read_mail(b"just text", Content_Type="multipart/mixed").text == "just text"


def test_a_multipart_that_is_cut_off_keeps_its_last_part():
    mail = read_mail(b"--limit\r\n\r\ncut off", Content_Type='multipart/mixed; boundary="limit"')

    assert mail.text == "cut off"


@pytest.mark.requirement("N12")
@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("filename*=UTF-8''%E8%A6%8B%E7%A9%8D.pdf", "見積.pdf"),
        ("filename*0*=UTF-8''%E8%A6%8B%E7;\r\n filename*1*=%A9%8D;\r\n filename*2=.pdf", "見積.pdf"),
        ("filename*=iso-2022-jp''%1B%24B8%2B%1B%28B.txt", "見.txt"),
        ('filename="=?UTF-8?B?6KaL56mN?=.pdf"', "見積.pdf"),
        ("filename==?ISO-2022-JP?B?GyRCOCsbKEIudHh0?=", "見.txt"),
        ('filename="見積.pdf"', "見積.pdf"),
        ("filename=my file.pdf", "my file.pdf"),
        ('filename="C:\\TEMP\\a.png"', "a.png"),
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="a\u202efdp.exe"', "afdp.exe"),
        ("x=y", "attachment-1.bin"),
        ('filename=".."', "attachment-1.bin"),
    ],
)
def test_an_attachment_has_a_name_that_is_safe_and_right(written, name):
    mail = read_multipart(part(b"text"), file_part(b"content", written))

    assert [(kept.filename, kept.content, kept.size) for kept in mail.attachments] == [(name, b"content", 7)]


def test_a_long_name_is_cut_and_keeps_its_extension():
    assert safe_filename("見" * 300 + ".pdf") == "見" * 196 + ".pdf"


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("text/calendar; method=REQUEST", "attachment-1.ics"),
        ("application/ms-tnef", "attachment-1.dat"),
        ("image/png", "attachment-1.png"),
        ("x-strange/thing", "attachment-1.bin"),
    ],
)
def test_every_part_is_kept_under_a_made_up_name_if_it_has_none(content_type, name):
    mail = read_multipart(part(b"text"), part(b"content", content_type))

    assert [kept.filename for kept in mail.attachments] == [name]


def test_a_forwarded_message_is_kept_whole_under_its_subject():
    inner = b"Subject: =?UTF-8?B?44GC?=\r\n\r\nInside"
    mail = read_multipart(part(b"text"), part(inner, "message/rfc822"))

    assert [(kept.filename, kept.content) for kept in mail.attachments] == [("あ.eml", inner)]


def test_named_text_that_is_shown_inline_is_read_and_kept():
    mail = read_multipart(part(b"shown", Content_Disposition='inline; filename="a.txt"'))

    assert (mail.text, [kept.filename for kept in mail.attachments]) == ("shown", ["a.txt"])


def test_named_text_is_read_where_there_is_no_other():
    mail = read_mail(b"the only text", Content_Type='text/plain; name="mail.txt"')

    assert (mail.text, [kept.filename for kept in mail.attachments]) == ("the only text", ["mail.txt"])


def test_a_picture_in_the_text_is_inline():
    mail = read_multipart(part(b"x", "image/png", Content_ID="<one@two>"), subtype="related")

    assert [(kept.content_id, kept.inline) for kept in mail.attachments] == [("one@two", True)]


def test_a_uuencoded_file_leaves_the_text():
    coded = binascii.b2a_uu(b"content").replace(b"\n", b"\r\n")
    mail = read_mail(b"before\r\nbegin 644 a.txt\r\n" + coded + b"`\r\nend\r\nafter")

    assert ("begin" in mail.text, [(kept.filename, kept.content) for kept in mail.attachments]) == (
        False,
        [("a.txt", b"content")],
    )


def test_a_mail_that_is_one_file_keeps_it():
    mail = read_mail(b"PDF", Content_Type='application/pdf; name="a.pdf"')

    assert (mail.text, [kept.filename for kept in mail.attachments]) == ("", ["a.pdf"])


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("a<br>b<div>c</div>d", "a\nb\nc\nd"),
        ("<ul><li>x<li>y</ul>", "- x\n- y"),
        ("a &amp; b &lt;c&gt; &nbsp;", "a & b <c>"),
        ("<style>p{}</style><script>alert(1)</script>x", "x"),
        ("<!-- hidden -->x", "x"),
        ("<blockquote>q<blockquote>r</blockquote></blockquote>", "> q\n> \n> > r"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<img alt="logo">', "[logo]"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_markup_is_read_as_a_person_sees_it(html, text):
    assert [line.rstrip() for line in text_of(html).split("\n")] == [line.rstrip() for line in text.split("\n")]


def test_markup_that_nests_endlessly_is_shown_as_text():
    assert sanitise("<div>" * 100_000 + "deep & low") == "<pre>deep &amp; low</pre>"


def test_long_markup_is_shown_as_markup():
    assert sanitise("line<br>" * 5_000).startswith("line<br>line<br>")


def test_shown_markup_does_nothing():
    html = sanitise('<p onclick="x()">a<script>x()</script><a href="javascript:x()">b</a><img src="cid:1"></p>')

    assert html == '<p>a<a rel="noopener noreferrer">b</a><img src="cid:1"></p>'
