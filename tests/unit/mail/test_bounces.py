"""Mail that says that a mail of ours did not arrive, or not yet."""

import pytest

from services.mail.domain.message import Bounce
from services.mail.domain.notices.reasons import Reason, tell_reason
from tests.unit.mail.raw import part, read_mail, read_multipart

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example.net>"
OURS = (
    b"From: desk@example.jp\r\nTo: hanako@example.com\r\nMessage-ID: <ours@example.jp>\r\nSubject: Answer\r\n\r\nText"
)


def a_report(*blocks: str, notice: bytes = b"It failed.") -> Bounce | None:
    status = "\r\n\r\n".join(("Reporting-MTA: dns; mx.example.net", *blocks)).encode()
    mail = read_multipart(
        part(notice),
        part(status, "message/delivery-status"),
        part(OURS, "message/rfc822"),
        subtype="report; report-type=delivery-status",
        From=DAEMON,
        Subject="Undelivered Mail Returned to Sender",
    )
    return mail.bounce


def a_notice(text: str, **fields: str) -> Bounce | None:
    usual = {"From": DAEMON, "Subject": "failure notice", "Content_Type": "text/plain; charset=utf-8"}
    return read_mail(text.encode(), **(usual | fields)).bounce


@pytest.mark.requirement("R60")
def test_a_report_names_recipient_status_reason_and_our_mail():
    bounce = a_report(
        "Final-Recipient: rfc822; hanako@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown"
    )

    assert bounce == Bounce(
        recipients=("hanako@example.com",),
        status="5.1.1",
        hard=True,
        reason="unknown_recipient",
        original_message_id="ours@example.jp",
    )


@pytest.mark.requirement("R60")
def test_a_delayed_report_is_no_failure():
    bounce = a_report("Final-Recipient: rfc822; hanako@example.com\r\nAction: delayed\r\nStatus: 4.4.1")

    assert bounce is not None
    assert (bounce.delayed, bounce.hard, bounce.reason) == (True, False, "temporary")


def test_a_report_of_delivery_is_no_bounce():
    assert a_report("Final-Recipient: rfc822; hanako@example.com\r\nAction: delivered\r\nStatus: 2.0.0") is None


def test_each_failed_recipient_is_named_and_no_other():
    bounce = a_report(
        "Final-Recipient: rfc822; <a@example.com>\r\nAction: failed\r\nStatus: 5.2.2",
        "Final-Recipient: rfc822;b@example.com\r\nAction: failed (bounced)\r\nStatus: 5.2.2",
        "Final-Recipient: rfc822;c@example.com\r\nAction: relayed\r\nStatus: 2.0.0",
    )

    assert bounce is not None
    assert (bounce.recipients, bounce.reason, bounce.hard) == (
        ("a@example.com", "b@example.com"),
        "mailbox_full",
        False,
    )


def test_the_address_that_we_wrote_to_counts_before_the_one_it_became():
    bounce = a_report(
        "Original-Recipient: rfc822;hanako@example.com\r\nFinal-Recipient: rfc822;h@inner\r\n"
        "Action: failed\r\nStatus: 5.0.0"
    )

    assert bounce is not None
    assert bounce.recipients == ("hanako@example.com",)


def test_a_precise_code_in_the_servers_words_goes_before_a_general_one():
    bounce = a_report(
        "Final-Recipient: rfc822;a@example.com\r\nAction: failed\r\nStatus: 5.0.0\r\n"
        "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full"
    )

    assert bounce is not None
    assert bounce.status == "5.2.2"


@pytest.mark.parametrize(
    "text",
    [
        "Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver your message.\n\n"
        "<hanako@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\n\n"
        "--- Below this line is a copy of the message.\n\nReturn-Path: <desk@example.jp>\nTo: else@example.com\n",
        "A message that you sent could not be delivered.\nThe following address(es) failed:\n\n"
        "  hanako@example.com\n    550 5.1.1 no such user\n",
        "次のあて先へのメッセージはエラーのため送信できませんでした。\n"
        "宛先: hanako@example.com\n550 5.1.1 ユーザが存在しません\n",
        "Ihre Nachricht konnte nicht zugestellt werden:\n<hanako@example.com>: Empfänger unbekannt (#5.1.1)\n",
        "Your message was not delivered to:\n   hanako@example.com\nbecause: 550 5.1.1 Mailbox unavailable\n",
    ],
)
def test_a_notice_in_words_is_a_bounce_of_the_address_it_names(text):
    bounce = a_notice(text)

    assert bounce is not None
    assert (bounce.recipients, bounce.status, bounce.hard) == (("hanako@example.com",), "5.1.1", True)


def test_a_notice_without_an_address_is_of_whom_the_returned_mail_was_to():
    mail = read_multipart(part(b"Your mail could not be delivered."), part(OURS, "message/rfc822"), From=DAEMON)

    assert mail.bounce is not None
    assert (mail.bounce.recipients, mail.bounce.original_message_id) == (("hanako@example.com",), "ours@example.jp")


@pytest.mark.parametrize(
    "subject", ["配信不能", "Unzustellbar: Rechnung", "Не удалось доставить", "退信", "Returned mail"]
)
def test_bounces_announce_themselves_in_many_languages(subject):
    assert a_notice("<hanako@example.com>", Subject=subject) is not None


def test_a_warning_in_words_is_a_delay():
    bounce = a_notice(
        "THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\n<hanako@example.com>: delayed",
        Subject="Warning: could not send message for past 4 hours",
    )

    assert bounce is not None
    assert (bounce.delayed, bounce.hard) == (True, False)


@pytest.mark.parametrize(
    "fields",
    [
        {"Subject": "Re: Undelivered Mail Returned to Sender"},
        {"Subject": "The message could not be sent"},
        {"Subject": "failure notice"},
        {"Subject": "配信エラーについて"},
    ],
)
def test_a_customer_who_writes_about_a_bounce_is_none(fields):
    assert a_notice("My mail could not be delivered, please help.", From="taro@example.com", **fields) is None


@pytest.mark.parametrize(
    ("words", "status", "reason"),
    [
        ("552 5.2.2 Mailbox full", "5.2.2", Reason.MAILBOX_FULL),
        ("550 over quota", None, Reason.MAILBOX_FULL),
        ("552 Message size exceeds fixed limit", None, Reason.TOO_LARGE),
        ("Host or domain name not found. Name service error", "5.4.4", Reason.UNKNOWN_HOST),
        ("554 rejected as spam", None, Reason.REJECTED),
        ("550 Domain of sender address a@b does not exist", "5.1.8", Reason.REJECTED),
        ("550 account is disabled", None, Reason.DISABLED),
        ("421 try again later", "4.3.0", Reason.TEMPORARY),
        ("550 Requested action refused", "5.1.1", Reason.UNKNOWN_RECIPIENT),
        ("該当するユーザは存在しません", None, Reason.UNKNOWN_RECIPIENT),
        ("", "5.7.1", Reason.REJECTED),
        ("", None, Reason.OTHER),
    ],
)
def test_the_servers_words_tell_the_reason(words, status, reason):
    assert tell_reason(words, status) is reason
