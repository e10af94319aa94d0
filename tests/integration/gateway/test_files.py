import hashlib
import random

import pytest

from tests.integration.gateway.test_conventions import problem_of
from tests.waiting import eventually

MIB = 1 << 20
MAIL = {"Content-Type": "message/rfc822"}


@pytest.fixture
def connector(street):
    """A client that brings mail."""
    return street.client.signed_in("service", sub="imap")


def test_a_raw_mail_goes_to_its_owner_and_comes_back_byte_for_byte(connector):
    raw = random.Random(1).randbytes(12 * MIB)

    stored = connector.post("/v1/mail/inbound?mailbox=seikyu@example.jp", data=raw, headers=MAIL)
    back = connector.get(f"/v1/mail/messages/{stored.json()['id']}/raw")

    assert (stored.status_code, stored.json()["mailbox"], stored.json()["size"]) == (202, "seikyu@example.jp", len(raw))
    assert hashlib.sha256(back.content).hexdigest() == stored.json()["id"]


def test_a_mail_of_unknown_length_may_come_in_pieces(connector):
    pieces = (b"x" * 1000 for _ in range(1000))

    assert connector.post("/v1/mail/inbound?mailbox=a@b.c", data=pieces, headers=MAIL).json()["size"] == 1_000_000


def test_a_mail_beyond_the_limit_is_too_large(connector):
    pieces = (b"x" * MIB for _ in range(36))

    assert problem_of(connector.post("/v1/mail/inbound?mailbox=a@b.c", data=pieces, headers=MAIL)) == (413, "too_large")


def test_a_mail_without_a_mailbox_is_invalid(connector):
    response = connector.post("/v1/mail/inbound", data=b"x", headers=MAIL)

    assert problem_of(response) == (422, "invalid")
    assert list(response.json()["errors"]) == ["mailbox"]


@pytest.mark.parametrize("field", ["blob", "size", "if_version"])
def test_what_the_gateway_itself_says_of_a_mail_cannot_be_said_by_the_client(connector, field):
    response = connector.post(f"/v1/mail/inbound?mailbox=a@b.c&{field}=1", data=b"x", headers=MAIL)

    assert problem_of(response) == (422, "invalid")
    assert list(response.json()["errors"]) == [field]


def test_only_connectors_bring_mail(street):
    response = street.client.post("/v1/mail/inbound?mailbox=a@b.c", data=b"x", headers=MAIL)

    assert problem_of(response) == (403, "forbidden")


def test_a_file_from_a_stranger_is_kept_apart_from_us(connector):
    stored = connector.post("/v1/mail/inbound?mailbox=a@b.c", data=b"<script>", headers=MAIL)
    headers = connector.get(f"/v1/mail/messages/{stored.json()['id']}/raw").headers

    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith('attachment; filename="___.html"; filename*=UTF-8')
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_an_agent_is_entered_in_the_directory_at_first_sight(street):
    newcomer = street.client.signed_in("agent", sub="carol")
    newcomer.get("/v1/desks").raise_for_status()

    assert eventually(lambda: newcomer.get("/v1/agents/carol").ok and newcomer.get("/v1/agents/carol").json()) == {
        "id": "carol",
        "name": "Carol",
    }


def test_a_connector_is_no_agent(street):
    street.client.signed_in("service", sub="imap-2").get("/v1/desks").raise_for_status()
    street.client.signed_in("agent", sub="dave").get("/v1/desks").raise_for_status()
    eventually(lambda: street.client.get("/v1/agents/dave").ok)

    assert street.client.get("/v1/agents/imap-2").status_code == 404
