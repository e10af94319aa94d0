"""Who gets an answer."""

import pytest

from services.mail.domain.message import ParsedMail
from services.mail.domain.mime.addresses import Address
from services.mail.domain.recipients import reply, reply_all
from services.mail.domain.token import plus_address

OWN = ("support@example.jp", "Info@Example.jp")
TARO, HANAKO, JIRO = (Address(f"{name}@example.com", name) for name in ("taro", "hanako", "jiro"))
SUPPORT = Address("Support@example.jp", "Support")
INFO = Address("info@example.jp")
TOKEN = Address(plus_address(b"secret", "01JD9V1A2B3C4D5E6F7G8H9J0K", "support@example.jp"))


def answered(author=TARO, to=(SUPPORT,), cc=(), reply_to=()):
    return ParsedMail(message_id="m", author=author, to=to, cc=cc, reply_to=reply_to)


CASES = {
    "to us": (answered(), [TARO], []),
    "to us and another": (answered(to=(SUPPORT, HANAKO)), [TARO], [HANAKO]),
    "us in cc": (answered(to=(HANAKO,), cc=(SUPPORT, JIRO)), [TARO], [HANAKO, JIRO]),
    "two of ours": (answered(to=(SUPPORT, INFO), cc=(HANAKO,)), [TARO], [HANAKO]),
    "our address with a token": (answered(to=(TOKEN, HANAKO)), [TARO], [HANAKO]),
    "reply-to": (answered(reply_to=(HANAKO,)), [HANAKO], []),
    "reply-to several": (answered(reply_to=(HANAKO, JIRO)), [HANAKO, JIRO], []),
    "reply-to is ours": (answered(reply_to=(SUPPORT,)), [TARO], []),
    "reply-to is in cc": (answered(cc=(HANAKO, JIRO), reply_to=(HANAKO,)), [HANAKO], [JIRO]),
    "nobody twice": (answered(to=(HANAKO, Address("HANAKO@example.com")), cc=(HANAKO, TARO)), [TARO], [HANAKO]),
    "our own mail": (answered(author=SUPPORT, to=(HANAKO,), cc=(JIRO,)), [HANAKO], [JIRO]),
    "to ourselves only": (answered(author=SUPPORT), [], []),
    "no author": (answered(author=None, to=(SUPPORT, HANAKO)), [HANAKO], []),
    "a name without address": (answered(author=Address("", "Taro"), to=(SUPPORT,)), [], []),
}


@pytest.mark.requirement("R155")
@pytest.mark.parametrize(("mail", "to", "cc"), CASES.values(), ids=CASES.keys())
def test_a_reply_goes_to_its_sender_and_never_to_us(mail, to, cc):
    recipients = reply(mail, OWN)

    assert (list(recipients.to), list(recipients.cc)) == (to, [])


@pytest.mark.requirement("R156")
@pytest.mark.parametrize(("mail", "to", "cc"), CASES.values(), ids=CASES.keys())
def test_a_reply_to_all_goes_to_everybody_of_that_mail_once(mail, to, cc):
    recipients = reply_all(mail, OWN)

    assert (list(recipients.to), list(recipients.cc)) == (to, cc)
