"""What a customer wrote anew, without what they quoted."""

import pytest

from services.mail.domain.quotes.reply import reply_text

ANSWER = "お世話になっております。\nご連絡ありがとうございます。"

QUOTES = {
    "gmail_ja": "2022年1月1日(金) 9:00 山田太郎 <a@b.jp>:\n\n> 元の文\n> です",
    "gmail_ja_unmarked": "2022年1月1日(金) 9:00 山田太郎 <a@b.jp>:\n元の文",
    "outlook_ja": "差出人: 窓口 <s@x.jp>\n送信日時: 2022年1月1日 9:00\n宛先: 山田\nCC: 鈴木\n件名: RE: 件\n\n元の文",
    "outlook_ja_rule": "________________\n差出人: A <a@b>\n送信日時: 2022年\n宛先: B\n件名: C\n\n元の文",
    "outlook_ja_full_width": "差出人：窓口\n日時：2022年1月1日\n宛先：山田\n件名：件\n元の文",
    "original_message": "-----Original Message-----\nFrom: A\nSent: Friday\n元の文",
    "original_ja": "----- 元のメッセージ -----\n元の文",
    "thunderbird_ja": "(2022/01/01 9:00), 山田 wrote:\n> 元の文",
    "becky": "On Fri, 01 Jan 2022 09:00:00 +0900\n山田太郎 <a@b.jp> wrote:\n\n> 元の文",
    "said_ja": "山田 さんは書きました:\n> 元の文",
    "said_ja_dated": "山田さんが2022/01/01 9:00に書きました:\n元の文",
    "apple_ja": "2022/01/01 午前9:00、山田太郎のメール：\n元の文",
    "apple_ja_addressed": "2022/01/01 9:00、山田太郎 <a@b.jp>のメール:\n\n> 元の文",
    "full_width_marks": "＞元の文\n＞です",
    "reply_above": "##- この行より上に返信を入力してください -##\n元の文",
    "forwarded_ja": "-------- 転送メッセージ --------\n件名: x\n元の文",
    "gmail_en": "On Sat, Jan 1, 2022 at 9:00 AM Taro Yamada <\na@b.jp> wrote:\n\n> 元の文",
    "outlook_en": "From: A <a@b.jp>\nSent: Friday\nTo: B\nSubject: C\n\n元の文",
    "hotmail": "Date: Fri, 1 Jan 2022\nFrom: a@b.jp\nTo: c@d.jp\nSubject: x\n\n元の文",
    "gmail_de": "Am Fr., 1. Jan. 2022 um 09:00 Uhr schrieb Max <a@b.de>:\n\n> 元の文",
    "outlook_de": "Von: A <a@b.de>\nGesendet: Freitag\nAn: B\nBetreff: C\n\n元の文",
    "gmail_fr": "Le ven. 1 janv. 2022 à 09:00, Jean <a@b.fr>\na écrit :\n\n元の文",
    "gmail_es": "El vie, 1 ene 2022 a las 9:00, Juan (<a@b.es>) escribió:\n\n元の文",
    "gmail_pt": "Em sex., 1 de jan. de 2022 às 09:00, João <a@b.pt> escreveu:\n\n元の文",
    "gmail_it": "Il giorno ven 1 gen 2022 alle ore 09:00 Mario <a@b.it> ha scritto:\n\n元の文",
    "gmail_nl": "Op vr 1 jan. 2022 om 09:00 schreef Jan <a@b.nl>:\n\n元の文",
    "gmail_pl": "pt., 1 sty 2022 o 09:00 Jan <a@b.pl> napisał(a):\n\n元の文",
    "gmail_ru": "пт, 1 янв. 2022 г. в 09:00, Иван <a@b.ru>:\n\n元の文",
    "gmail_zh": "张三 <a@b.cn> 于2022年1月1日周五 09:00写道：\n\n元の文",
    "outlook_zh": "发件人: A\n发送时间: 2022年\n收件人: B\n主题: C\n\n元の文",
    "gmail_ko": "2022년 1월 1일 (금) 오전 9:00, 홍길동 <a@b.kr>님이 작성:\n\n元の文",
    "outlook_ko": "보낸 사람: A\n보낸 날짜: B\n받는 사람: C\n제목: D\n\n元の文",
}


@pytest.mark.requirement("R154")
@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_a_quote_below_the_answer_goes(quote):
    assert reply_text(f"{ANSWER}\n\n{quote}\n") == ANSWER


def test_an_answer_below_the_quote_stays():
    assert reply_text("On 1/2/2022 9:00, Taro wrote:\n> question\n> again\n\nanswer") == "answer"


def test_answers_between_the_quoted_lines_stay():
    text = "Hello,\n\nTaro <a@b.jp> wrote on 2022-01-01:\n> one?\nyes\n> two?\nno\n> three?"

    assert reply_text(text) == "Hello,\n\nyes\nno"


def test_a_line_torn_off_a_quoted_one_goes_with_it():
    assert reply_text(f"thanks\n\n> {'long ' * 14}\nfolded\n> by a gateway") == "thanks"


def test_a_mark_torn_off_an_attribution_is_no_quote():
    assert reply_text("ok\n\ntir. 18. apr. 2017 kl. 13:09 skrev Test <a@b.no\n>:\n\n> quoted") == "ok"


@pytest.mark.parametrize(
    "text",
    [
        "From today on I will wait.\nTo be clear: thanks.",
        "I wrote to you on 1 May:\nno answer came.",
        "件名: 見積\n送信日時: 5月1日\nよろしくお願いします。",
        "3 > 2 and 2 < 3",
        "On Monday I said that it works.",
    ],
)
def test_what_only_looks_like_a_quote_stays(text):
    assert reply_text(f"こんにちは。\n{text}") == f"こんにちは。\n{text}"


@pytest.mark.parametrize("text", ["> only\n> quoted", "", "From: a@b.jp\nTo: c@d.jp\nSubject: x\nDate: today"])
def test_a_mail_without_words_of_its_own_is_shown_whole(text):
    assert reply_text(text) == text


def test_a_forwarded_mail_without_comment_keeps_its_content():
    assert reply_text("---------- Forwarded message ---------\nFrom: a@b.jp\n\ncontent") == "From: a@b.jp\n\ncontent"
