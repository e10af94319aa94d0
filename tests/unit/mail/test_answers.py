"""The subject of an answer, and the text that it quotes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.mail.domain.mime.addresses import Address
from services.mail.domain.quotes.reply import reply_text
from services.mail.domain.quoting import quote
from services.mail.domain.subject import forward_subject, reply_subject

TARO = Address("taro@example.com", "山田太郎")
AT = datetime(2026, 1, 2, 9, 5, tzinfo=timezone(timedelta(hours=9)))


@pytest.mark.requirement("R155")
@pytest.mark.parametrize(
    "subject",
    [
        "注文",
        "Re: 注文",
        "RE: 注文",
        "re:注文",
        "Re: Re: 注文",
        "Re[2]: 注文",
        "Re^2: 注文",
        "AW: 注文",
        "回复: 注文",
        "Re： 注文",
        "SV: RE: 注文",
    ],
)
def test_an_answer_has_one_reply_prefix(subject):
    assert reply_subject(subject) == "Re: 注文"


@pytest.mark.parametrize("subject", ["Fwd: 注文", "Reminder: 注文", "Result: 注文", "【Re】注文"])
def test_what_is_no_reply_prefix_stays(subject):
    assert reply_subject(subject) == f"Re: {subject}"


def test_an_empty_subject_is_answered():
    assert reply_subject("") == "Re:"


@pytest.mark.requirement("R162")
@pytest.mark.parametrize("subject", ["注文", "Fwd: 注文", "WG: Fw: 注文", "転送: 注文"])
def test_a_forwarded_mail_has_one_forward_prefix(subject):
    assert forward_subject(subject) == "Fwd: 注文"


def test_a_japanese_mail_is_quoted_in_the_japanese_way():
    assert quote("一行\n\n> 二行", TARO, AT, language="ja") == (
        "2026年1月2日(金) 9:05 山田太郎 <taro@example.com>:\n> 一行\n>\n>> 二行"
    )


def test_another_mail_is_quoted_in_the_english_way():
    assert quote("one", Address("a@b.jp"), AT, language="fr") == "On 2026-01-02 at 09:05, a@b.jp wrote:\n> one"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("author", [TARO, Address("a@b.jp")])
def test_what_we_quote_is_known_as_a_quote_when_it_comes_back(language, author):
    quoted = quote("元の文\n二行目", author, datetime(2026, 1, 2, tzinfo=UTC), language=language)

    assert reply_text(f"ありがとうございます。\n\n{quoted}") == "ありがとうございます。"


@pytest.mark.parametrize(("language", "line"), [("ja", "差出人不明:"), ("en", "somebody wrote:")])
def test_a_mail_of_nobody_is_quoted_too(language, line):
    assert quote("x", None, None, language=language) == f"{line}\n> x"
