"""The way of one mail, over SMTP and HTTP only: from a customer's ISO-2022-JP mail to the answer to our answer."""

import base64
from email.message import EmailMessage
from email.utils import make_msgid

import pytest

from tests.waiting import eventually

SUBJECT = "九月分の請求書について①"
TEXT = "株式会社山田㈱の山田です。\n九月分の請求書がまだ届きません。ｶﾀｶﾅも①も読めますか。\n"
ANSWER = "山田様\n\n本日あらためてお送りしました。ご確認ください。\n"


def a_mail(subject: str, text: str, *, to: str, customer: str, answers: EmailMessage | None = None) -> bytes:
    """A mail as an old Japanese mail program writes it: ISO-2022-JP with vendor characters, 7 bit."""
    encoded = iso2022jp(subject)
    fields = [
        f"From: =?ISO-2022-JP?B?{b64(iso2022jp('山田太郎'))}?= <{customer}>",
        f"To: {to}",
        f"Subject: =?ISO-2022-JP?B?{b64(encoded)}?=",
        f"Message-ID: {make_msgid(domain='example.jp')}",
        "Date: Sun, 22 Nov 2026 10:02:05 +0900",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=ISO-2022-JP",
        "Content-Transfer-Encoding: 7bit",
    ]
    if answers is not None:
        fields += [f"In-Reply-To: {answers['Message-ID']}", f"References: {answers['Message-ID']}"]
    return "\r\n".join([*fields, "", ""]).encode() + iso2022jp(text).replace(b"\n", b"\r\n")


def iso2022jp(text: str) -> bytes:
    """ISO-2022-JP as Windows programs write it, with the characters of NEC row 13 and half-width kana."""
    return text.encode("iso2022_jp_ext") if not any(c in text for c in "①㈱") else _with_vendor_characters(text)


def _with_vendor_characters(text: str) -> bytes:
    vendor = {"①": b"-!", "㈱": b"-j"}
    out = b""
    for char in text:
        out += b"\x1b$B" + vendor[char] + b"\x1b(B" if char in vendor else char.encode("iso2022_jp_ext")
    return out


def b64(raw: bytes) -> str:
    """Base64 for an encoded word."""
    return base64.b64encode(raw).decode()


@pytest.fixture(scope="module")
def desk(stack):
    """A desk that mail leads to, a group of two that pulls, and a trigger that brings the two together."""
    admin = stack.agent("root", "admin")
    address = "seikyu@example.jp"
    admin.ask(
        "POST", "/v1/desks", {"id": "one-mail", "name": "請求", "kind": "inquiry", "addresses": [address]}, expect=201
    )
    members = [{"agent": "alice", "skills": {}}, {"agent": "bob", "skills": {}}]
    group = {"id": "billing", "name": "請求係", "desk": "one-mail", "members": members, "distribution": "pull"}
    admin.ask("POST", "/v1/groups", group, expect=201)
    trigger = {
        "id": "billing-mail",
        "name": "請求書は請求係へ",
        "desk": "one-mail",
        "on": ["ticket.created"],
        "position": 1,
        "active": True,
        "stop": False,
        "when": {"all": [{"field": "title", "op": "contains", "value": "請求書"}]},
        "then": [{"action": "assign", "group": "billing"}],
    }
    admin.ask("POST", "/v1/triggers", trigger, expect=201)
    return address


@pytest.mark.timeout(180)
@pytest.mark.requirement("R12")
@pytest.mark.requirement("R13")
@pytest.mark.requirement("R14")
@pytest.mark.requirement("R17")
@pytest.mark.requirement("R27")
@pytest.mark.requirement("R42")
@pytest.mark.requirement("R59")
@pytest.mark.requirement("R60")
@pytest.mark.requirement("R95")
@pytest.mark.requirement("R110")
@pytest.mark.requirement("R154")
@pytest.mark.requirement("R155")
@pytest.mark.requirement("R174")
def test_one_mail_from_smtp_to_the_answer_and_back(stack, desk):
    customer = "yamada.taro@example.jp"
    alice = stack.agent("alice", "agent")
    raw = a_mail(SUBJECT, TEXT, to=desk, customer=customer)

    stack.mail(raw, desk, sender=customer)
    stack.mail(raw, desk, sender=customer)  # delivered twice

    def mine():
        return [each for each in alice.items("/v1/tickets?view=my_groups") if each["title"] == SUBJECT]

    [ticket] = eventually(mine, within=20)
    path = f"/v1/tickets/{ticket['id']}"
    assert (ticket["group"], ticket["status"], ticket["assigned_by"]) == ("billing", "new", "trigger")
    assert (ticket["channel"], ticket["customer"]["email"]) == ("mail", customer)
    assert ticket["description"].splitlines() == TEXT.splitlines()

    kept = alice.ask("POST", f"{path}/keep", {}, expect=200)
    assert (kept["assignee"], kept["status"]) == ("alice", "in_progress")

    [activity] = eventually(lambda: alice.items(f"{path}/activities"))
    message = alice.ask("GET", f"/v1/mail/messages/{activity['message']}", expect=200)
    assert (message["subject"], message["from"]) == (SUBJECT, {"name": "山田太郎", "address": customer})
    assert message["text"].split() == TEXT.split()
    eventually(lambda: alice.ask("GET", f"/v1/mail/messages/{activity['message']}")["ticket"] == ticket["id"])

    draft = alice.ask("POST", "/v1/drafts", {"ticket": ticket["id"], "kind": "reply"}, expect=201)
    assert ([each["address"] for each in draft["to"]], draft["subject"]) == ([customer], f"Re: {SUBJECT}")
    answer = alice.send("GET", f"/v1/drafts/{draft['id']}")
    headers = {"If-Match": answer.headers["ETag"]}
    changes = {"text": ANSWER + draft["text"]}
    alice.ask("PATCH", f"/v1/drafts/{draft['id']}", changes, headers=headers, expect=200)
    preview = alice.ask("POST", f"/v1/drafts/{draft['id']}/preview", {}, expect=200)
    assert preview["text"].startswith(ANSWER)
    assert preview["warnings"] == preview["prohibited"] == []
    alice.ask("POST", f"/v1/drafts/{draft['id']}/send", {"then": "solve"}, expect=202)

    eventually(lambda: alice.ask("GET", path)["status"] == "solved", within=20)
    [reply] = eventually(lambda: stack.sent_to(customer, SUBJECT), within=20)
    assert reply["In-Reply-To"] == message["headers"]["message_id"]
    assert message["headers"]["message_id"] in reply["References"]
    assert reply.get_content_charset() == "utf-8"  # the quote has characters that ISO-2022-JP does not
    assert reply.get_content().splitlines()[:3] == ANSWER.splitlines()
    assert "2026年11月22日(日) 10:02 山田太郎" in reply.get_content()
    assert ticket["id"].lower() in reply["Message-ID"].lower()
    eventually(lambda: delivered(alice, draft["message"]) == ["sent"])

    back = a_mail(f"Re: {SUBJECT}", "まだ届きません。\n", to=desk, customer=customer, answers=reply)
    stack.mail(back, desk, sender=customer)
    again = eventually(lambda: reopened(alice, path), within=20)
    assert (again["assignee"], again["group"]) == ("alice", "billing")
    activities = alice.items(f"{path}/activities")
    assert [(each["direction"], each["kind"]) for each in activities] == [
        ("in", "mail"),
        ("out", "mail"),
        ("in", "mail"),
    ]
    assert len(mine()) == 1
    assert len(stack.sent_to(customer, SUBJECT)) == 1


def delivered(agent, message):
    return [each["state"] for each in agent.ask("GET", f"/v1/mail/messages/{message}", expect=200)["deliveries"]]


def reopened(agent, path):
    ticket = agent.ask("GET", path, expect=200)
    return ticket if ticket["status"] == "in_progress" else None
