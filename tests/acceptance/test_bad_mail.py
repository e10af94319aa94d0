"""Bad mail: each one is kept, gets exactly one verdict, and holds nobody else up (N12)."""

import smtplib
import socket

import pytest

from tests.waiting import eventually

ADDRESS = "kowareta@example.jp"
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def desk(stack):
    """A desk for broken mail."""
    desk = {"id": "bad-mail", "name": "壊れた", "kind": "inquiry", "addresses": [ADDRESS]}
    stack.agent("root", "admin").ask("POST", "/v1/desks", desk, expect=201)
    return ADDRESS


def fields(name, *more):
    usual = [f"From: {name}@example.jp", f"To: {ADDRESS}", f"Subject: {name}", f"Message-ID: <{name}@example.jp>"]
    return "\r\n".join([*usual, *more]).encode()


def nested(depth):
    heads = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level) for level in range(depth)
    )
    return heads + b"Content-Type: text/plain\r\n\r\ndeep\r\n"


BAD = {
    "no-message-id": b"From: nobody-id@example.jp\r\nTo: x@example.jp\r\nSubject: no id\r\n\r\ntext\r\n",
    "no-from": b"To: x@example.jp\r\nSubject: no from\r\nMessage-ID: <no-from@example.jp>\r\n\r\ntext\r\n",
    "nothing": b"\r\n",
    "no-header": b"just some text\r\nand more\r\n",
    "lying-charset": fields("lying", "Content-Type: text/plain; charset=us-ascii")
    + b"\r\n\r\n"
    + "嘘です".encode("cp932"),
    "unknown-charset": fields("unknown", "Content-Type: text/plain; charset=x-none") + b"\r\n\r\n" + "何".encode(),
    "nul-bytes": fields("nul") + b"\r\n\r\nbefore\x00after\x00\r\n",
    "nested-500": fields("nested") + b"\r\n" + nested(500),
    "headers-10000": fields("headers", *[f"X-Many-{number}: {number}" for number in range(10_000)])
    + b"\r\n\r\ntext\r\n",
    "megabytes-30": fields("large") + b"\r\n\r\n" + (b"x" * 76 + b"\r\n") * (30 * MEGABYTE // 78),
    "surrogates": fields("surrogate", "X-A: \xed\xa0\x80") + b"\r\n\r\n\xed\xa0\x80 text\r\n",
    "long-line": fields("long") + b"\r\n\r\n" + b"y" * 2 * MEGABYTE + b"\r\n",
}


@pytest.mark.timeout(180)
@pytest.mark.requirement("N12")
@pytest.mark.parametrize("kind", BAD)
def test_bad_mail_becomes_a_ticket_all_the_same(stack, desk, kind):
    reader = stack.agent("alice", "agent")
    before = len(reader.items(f"/v1/mail/inbound?mailbox={ADDRESS}&limit=200"))

    stack.mail(BAD[kind], desk)

    def verdict():
        found = reader.items(f"/v1/mail/inbound?mailbox={ADDRESS}&limit=200")
        return found[0] if len(found) == before + 1 and found[0]["verdict"] != "stored" else None

    inbound = eventually(verdict, within=60)
    assert inbound["verdict"] == "ticketed", inbound
    ticket = reader.ask("GET", f"/v1/tickets/{inbound['ticket']}", expect=200)
    assert ticket["title"]
    message = reader.ask("GET", f"/v1/mail/messages/{inbound['message']}", expect=200)
    raw = reader.send("GET", f"/v1/mail/messages/{inbound['message']}/raw")
    assert raw.status_code == 200
    assert len(raw.content) >= len(BAD[kind].rstrip())
    assert "\x00" not in message["text"]


def test_a_lying_charset_is_seen_through(stack, desk):
    reader = stack.agent("alice", "agent")
    raw = (
        fields("lying2", "Content-Type: text/plain; charset=iso-8859-1")
        + b"\r\n\r\n"
        + "請求書が届きません。".encode("cp932")
    )

    stack.mail(raw, desk)

    def found():
        return [each for each in reader.items("/v1/tickets?desk=bad-mail&title=lying2") if each["description"]]

    [ticket] = eventually(found, within=30)
    assert ticket["description"] == "請求書が届きません。"


def test_a_client_that_vanishes_in_the_middle_leaves_nothing(stack, desk):
    reader = stack.agent("alice", "agent")
    before = len(reader.items(f"/v1/mail/inbound?mailbox={ADDRESS}&limit=200"))

    with socket.create_connection(("127.0.0.1", stack.smtp_port), timeout=10) as client:
        answers = client.makefile("rb")
        answers.readline()
        for line in (b"HELO x", b"MAIL FROM:<a@example.jp>", f"RCPT TO:<{ADDRESS}>".encode(), b"DATA"):
            client.sendall(line + b"\r\n")
            answers.readline()
        client.sendall(b"Subject: half a mail\r\n\r\nhalf")
    stack.mail(fields("whole") + b"\r\n\r\nwhole\r\n", desk)

    eventually(lambda: len(reader.items(f"/v1/mail/inbound?mailbox={ADDRESS}&limit=200")) == before + 1, within=30)
    titles = [each["title"] for each in reader.items("/v1/tickets?desk=bad-mail&limit=200")]
    assert "half a mail" not in titles


def test_a_mailbox_that_is_not_ours_is_refused(stack, desk):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        stack.mail(fields("x") + b"\r\n\r\nx\r\n", "nobody@example.com")

    [(code, _)] = caught.value.recipients.values()
    assert code == 550


def test_a_mail_that_is_too_large_is_refused_before_it_is_read(stack, desk):
    with smtplib.SMTP("127.0.0.1", stack.smtp_port, timeout=20) as smtp:
        smtp.ehlo()
        code, _ = smtp.docmd("MAIL", f"FROM:<a@example.jp> SIZE={40 * MEGABYTE}")

    assert code == 552


@pytest.mark.requirement("R60")
def test_an_auto_reply_is_kept_and_makes_no_ticket(stack, desk):
    reader = stack.agent("alice", "agent")

    stack.mail(fields("away", "Auto-Submitted: auto-replied") + "\r\n\r\n不在です。\r\n".encode(), desk)

    [inbound] = eventually(lambda: reader.items("/v1/mail/inbound?from=away@example.jp&verdict=suppressed"), within=30)
    assert (inbound["reason"], inbound["ticket"]) == ("auto_reply", None)
    assert reader.items("/v1/tickets?title=away") == []


def test_mail_over_http_to_a_mailbox_that_is_not_ours_is_refused(stack, desk):
    service = stack.agent("bot", "service")
    headers = {"Content-Type": "message/rfc822"}

    answer = service.send(
        "POST", "/v1/mail/inbound?mailbox=nobody@example.com", data=b"Subject: x\r\n\r\nx", headers=headers
    )

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"mailbox": ["No desk has this address."]}


def test_the_same_mail_over_http_is_kept_once(stack, desk):
    service = stack.agent("bot", "service")
    headers = {"Content-Type": "message/rfc822"}
    raw = fields("over-http") + b"\r\n\r\nx\r\n"

    answers = [service.send("POST", f"/v1/mail/inbound?mailbox={ADDRESS}", data=raw, headers=headers) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202] * 3
    assert len({answer.json()["id"] for answer in answers}) == 1
