"""Mail that a machine wrote because somebody is away."""

import pytest

from tests.unit.mail.raw import read_mail


@pytest.mark.requirement("R60")
@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("Auto_Submitted", "auto-replied", "auto-replied"),
        ("Auto_Submitted", "auto-generated (vacation)", "auto-generated"),
        ("Auto_Submitted", "Auto-Replied; owner-email=a@b", "auto-replied"),
        ("X_Autoreply", "yes", "x-autoreply"),
        ("X_Autorespond", "1", "x-autorespond"),
        ("X_Auto_Reply_From", "a@b.jp", "x-auto-reply-from"),
        ("X_Mail_Autoreply", "mailbox", "x-mail-autoreply"),
        ("X_Auto_Response_Suppress", "DR, OOF, AutoReply", "x-auto-response-suppress"),
        ("Precedence", "auto_reply", "precedence"),
        ("X_MS_Exchange_Inbox_Rules_Loop", "a@b.jp", "x-ms-exchange-inbox-rules-loop"),
        ("Content_Type", "multipart/report; report-type=disposition-notification", "content-type"),
    ],
)
def test_a_header_field_tells_an_automatic_reply(field, value, reason):
    assert read_mail(**{field: value}).auto_reply == reason


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Auto_Submitted", "no"),
        ("Auto_Submitted", "auto-forwarded"),
        ("X_Autoreply", "no"),
        ("X_Auto_Response_Suppress", "DR, RN"),
        ("Precedence", "bulk"),
        ("Return_Path", "<>"),
    ],
)
def test_a_header_field_alone_does_not_make_an_automatic_reply(field, value):
    assert read_mail(**{field: value}).auto_reply is None


@pytest.mark.requirement("R60")
@pytest.mark.parametrize(
    "subject",
    [
        "自動返信：お問い合わせについて",
        "【自動返信】お問い合わせの件について",
        "不在通知",
        "不在のお知らせ",
        "【休暇中】田中",
        "Automatic reply: How to order?",
        "Out of Office AutoReply: Re: Order",
        "OOO: traveling",
        "I am out of the office until Monday",
        "Abwesenheitsnotiz",
        "Réponse automatique : Facture",
        "Автоответ",
        "自动回复: 订单",
        "자동 회신: 주문",
        "[Automatyczna odpowiedź] test",
    ],
)
def test_a_subject_tells_an_automatic_reply(subject):
    assert read_mail(Subject=subject).auto_reply == "subject"


@pytest.mark.requirement("R60")
@pytest.mark.parametrize(
    "subject",
    [
        "Re: 【自動返信】お問い合わせを受け付けました",
        "自動返信メールが届きません",
        "自動返信の設定方法",
        "夏季休暇の予約について",
        "不在票について",
        "Automatic reply is not working",
        "How do I set up out of office?",
        "Vacation rental",
        "Urlaubsantrag",
    ],
)
def test_a_person_who_writes_about_automatic_replies_or_holidays_is_heard(subject):
    assert read_mail(Subject=subject).auto_reply is None


def test_the_first_words_tell_an_automatic_reply():
    mail = read_mail(
        "このメールはシステムより自動的に送信しています。".encode(), Content_Type="text/plain; charset=utf-8"
    )

    assert mail.auto_reply == "text"


def test_quoted_words_of_an_automatic_reply_tell_nothing():
    assert read_mail(b"Thanks!\n\n> This is an automatic reply.\n").auto_reply is None


@pytest.mark.parametrize(
    "field", [("List_Id", "<a.b>"), ("Precedence", "bulk"), ("Return_Path", "<>"), ("X_Autoreply", "1")]
)
def test_no_machine_of_ours_answers_what_could_loop(field):
    name, value = field

    assert (read_mail(**{name: value}).takes_automatic_answers, read_mail().takes_automatic_answers) == (False, True)
