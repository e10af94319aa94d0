"""Header fields as people meant them."""

from datetime import UTC, datetime

import pytest

from services.mail.domain.characters.language import guess_language
from services.mail.domain.mime.addresses import Address, parse_addresses
from services.mail.domain.mime.dates import parse_date
from services.mail.domain.mime.identifiers import parse_identifiers
from services.mail.domain.mime.words import header_text
from tests.unit.mail.raw import DIGEST, read_mail


@pytest.mark.requirement("N17")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?UTF-8?B?44GC?= =?UTF-8?B?44GE?=", "あい"),
        (b"=?UTF-8?B?44E=?=\r\n =?UTF-8?B?gg==?=", "あ"),  # cut inside a character
        (b"=?UTF-8?B?44?= =?UTF-8?B?GC?=", "あ"),  # cut inside the base64
        (b"=?ISO-2022-JP?B?GyRCJCIbKEI=?= =?ISO-2022-JP?B?GyRCJCQbKEI=?=", "あい"),
        (b"=?ISO-2022-JP?B?GyRCJCI=?= =?ISO-2022-JP?B?JCQbKEI=?=", "あい"),  # the shift state goes on
        (b"=?iso-2022-jp?B?GyRCLSEbKEI=?=", "①"),
        (b"Re: =?utf-8?q?a_=3D_b?= end", "Re: a = b end"),
        (b"=?Shift_JIS?Q?=82=A0=?=", "あ"),  # a stray `=` at the end
        (b"=?utf-8?Q?what??=", "what?"),
        (b"=?UTF-8*ja?Q?=E3=81=82?=", "あ"),  # RFC 2231 names the language
        (b"=?x-nonsense?B?44GC?=", "あ"),
        (b"=?utf-8?B?broken", "=?utf-8?B?broken"),
        ("生の日本語".encode(), "生の日本語"),
        ("生の日本語".encode("iso2022_jp"), "生の日本語"),
        ("生の日本語です".encode("cp932"), "生の日本語です"),
        (b"a\r\n b", "a b"),
    ],
)
def test_a_header_value_is_read(value, text):
    assert header_text(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"a@b.jp", [("a@b.jp", "")]),
        (b'Taro <a@b.jp>, "Smith, J." <c@d.jp>', [("a@b.jp", "Taro"), ("c@d.jp", "Smith, J.")]),
        (b"a@b.jp (Taro)", [("a@b.jp", "Taro")]),
        (b"=?UTF-8?Q?Smith,_John?= <a@b.jp>", [("a@b.jp", "Smith, John")]),
        (b'"=?UTF-8?B?44GC?=" <a@b.jp>', [("a@b.jp", "あ")]),
        (b"Group: a@b.jp, c@d.jp;", [("a@b.jp", ""), ("c@d.jp", "")]),
        (b"undisclosed-recipients:;", []),
        (b"a@b.jp; c@d.jp", [("a@b.jp", ""), ("c@d.jp", "")]),
        (b"<mailto:a@b.jp>", [("a@b.jp", "")]),
        (b"Taro <a@b.jp", [("a@b.jp", "Taro")]),
        (b'"Taro <a@b.jp>', [("a@b.jp", "Taro")]),
        (b"<@relay.jp:a@b.jp>", [("a@b.jp", "")]),
        ("山田 <a@b.jp>".encode("iso2022_jp"), [("a@b.jp", "山田")]),
        (b"..docomo-.user@docomo.ne.jp", [("..docomo-.user@docomo.ne.jp", "")]),
        (b"nobody here", []),
    ],
)
def test_addresses_are_read(value, expected):
    assert [(found.address, found.name) for found in parse_addresses(value)] == [
        (address, name) for address, name in expected
    ]


def test_an_author_without_an_address_keeps_the_name():
    assert read_mail(From="Taro Yamada").author == Address("", "Taro Yamada")


def test_of_several_from_fields_the_one_with_an_address_counts():
    mail = read_mail(From="[???]\r\nFrom: Taro <a@b.jp>")

    assert mail.author == Address("a@b.jp", "Taro")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Fri, 02 Jan 2026 03:04:05 +0900", datetime(2026, 1, 1, 18, 4, 5, tzinfo=UTC)),
        ("2 Jan 26 03:04 GMT (comment)", datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("Fri, 02 Jan 2026 03:04:05 +9999", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("Fri, 31 Feb 2026 03:04:05 +0900", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_an_instant_or_nothing(text, instant):
    assert parse_date(text) == instant


@pytest.mark.parametrize(
    ("value", "identifiers"),
    [
        (b"<a@b> <c@d>", ("a@b", "c@d")),
        (b"<a@b>\r\n <a@b>", ("a@b",)),
        (b"Message of Monday, <a@b>", ("a@b",)),
        (b"a@b", ("a@b",)),
        (b"<a\r\n b@c>", ("ab@c",)),
        (b"", ()),
    ],
)
def test_identifiers_are_read(value, identifiers):
    assert parse_identifiers(value) == identifiers


@pytest.mark.requirement("N12")
def test_a_mail_without_message_id_gets_one_from_its_digest():
    mail = read_mail()

    assert (mail.message_id, mail.has_own_message_id) == (f"{DIGEST}@no-message-id.invalid", False)


def test_headers_are_found_by_name_decoded():
    assert read_mail(X_Customer="=?UTF-8?B?44GC?=").header("X-Customer") == "あ"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ご注文の件です", "ja"),
        ("ABC株式会社のカタログ", "ja"),
        ("关于订单的问题", "zh"),
        ("주문 문의", "ko"),
        ("Вопрос", "ru"),
        ("An order", "en"),
        ("123", None),
    ],
)
def test_the_script_tells_the_language(text, language):
    assert guess_language(text) == language


@pytest.mark.parametrize(("charset", "language"), [("ISO-2022-JP", "ja"), ("utf-8", None), (None, None)])
def test_a_few_chinese_characters_may_be_japanese(charset, language):
    assert guess_language("請求書", charset) == language
