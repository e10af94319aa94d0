"""One mail to one recipient: whatever the server does, we know what we know."""

from datetime import timedelta

import pytest

from services.mail.sender.handover import NotNow, Refused, Server, Unclear, hand_over
from tests.integration.mail.scripted_server import GONE, ScriptedServer

RAW = b"Subject: x\r\n\r\nfirst\r\n.dot\r\n..two\r\n"


def handed(server, *, marked=lambda: True, raw=RAW):
    known = Server.of(server.url, name="desk.example.jp", timeout=timedelta(seconds=5))
    return hand_over(known, "support@example.jp", "yamada@example.jp", raw, marked=marked)


def test_a_mail_is_handed_over_whole_once():
    with ScriptedServer() as server:
        assert handed(server) is True

    assert server.taken == [b"Subject: x\r\n\r\nfirst\r\n..dot\r\n...two\r\n"]


@pytest.mark.parametrize("raw", [b".", b".\r\nx", b"x"])
def test_no_content_ends_the_mail_early(raw):
    with ScriptedServer() as server:
        handed(server, raw=raw)

    [taken] = server.taken
    assert taken.replace(b"..", b".").rstrip(b"\r\n") == raw


@pytest.mark.parametrize(
    "script",
    [
        {"GREETING": GONE},
        {"GREETING": "421 busy"},
        {"MAIL": "451 later"},
        {"RCPT": "450 greylisted"},
        {"RCPT": GONE},
        {"DATA": "451 later"},
        {"DATA": GONE},
        {"DATA": "250 what"},
    ],
)
@pytest.mark.requirement("N4")
def test_what_the_server_surely_does_not_have_may_be_tried_again(script):
    marks = []

    with ScriptedServer(**script) as server, pytest.raises(NotNow):
        handed(server, marked=lambda: marks.append(1) or True)

    assert (marks, server.taken) == ([], [])


@pytest.mark.parametrize("script", [{"MAIL": "550 no"}, {"RCPT": "550 5.1.1 unknown"}, {"CONTENT": "554 spam"}])
@pytest.mark.requirement("N4")
def test_what_the_server_will_never_take_has_failed(script):
    with ScriptedServer(**script) as server, pytest.raises(Refused):
        handed(server)


@pytest.mark.requirement("N4")
def test_a_server_that_falls_silent_after_the_content_may_have_it():
    with ScriptedServer(CONTENT=GONE) as server, pytest.raises(Unclear):
        handed(server)


@pytest.mark.requirement("N4")
def test_a_content_put_off_by_the_server_may_be_tried_again():
    with ScriptedServer(CONTENT="451 try later") as server, pytest.raises(NotNow):
        handed(server)


@pytest.mark.requirement("N4")
def test_a_sender_that_lost_its_claim_sends_no_content():
    with ScriptedServer() as server:
        assert handed(server, marked=lambda: False) is False

    assert server.taken == []


def test_a_server_that_is_not_there_is_not_now():
    with pytest.raises(NotNow):
        hand_over(
            Server.of("smtp://127.0.0.1:1", name="x", timeout=timedelta(seconds=2)),
            "a@example.jp",
            "b@example.jp",
            RAW,
            marked=lambda: True,
        )


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail:25", ""])
def test_what_is_no_smtp_url_is_refused(url):
    with pytest.raises(ValueError, match="not an smtp"):
        Server.of(url, name="x", timeout=timedelta(seconds=1))
