"""Deliveries come to an honest end: never twice, and never silently nowhere (N4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis import clock
from services.mail.domain.answers import deliveries_of, message_of, outgoing
from services.mail.domain.compose import compose
from services.mail.domain.deliveries import DeliveryState, Outcome
from services.mail.domain.mime.addresses import Address
from services.mail.events import DraftSaved, MailQueued
from services.mail.sender.handover import Server
from services.mail.sender.work import Sending
from tests.integration.mail.scripted_server import GONE, ScriptedServer
from tests.unit.mail.factories import DESK, a_draft

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def queued(store, run):
    """A mail to two people, queued as sending it does."""
    draft = a_draft(cc=(Address(address="sato@example.jp"),)).queue(own=[DESK.address], at=clock.now())
    mail = outgoing(draft, None, secret=b"s", domain="desk.example.jp", at=clock.now())
    message = message_of(draft, mail, digest=store.blobs.put(compose(mail)), at=clock.now())

    def queue():
        store.add(draft, DraftSaved.of(draft))
        store.add(message, MailQueued.of(message, draft, None, [], []))
        store.add_deliveries(deliveries_of(draft, at=clock.now()))

    run(queue)
    return message.id


def sender(store, server, owner="me"):
    return Sending(store, Server.of(server.url, name="x", timeout=timedelta(seconds=5)), owner)


def send_all(sending):
    while sending.one():
        pass


def states(store, message):
    return [delivery.state for delivery in store.deliveries_of([message])[message]]


def told(store, message):
    rows = store.database["events"].find({"subject": message, "type": {"$regex": "^mail"}}).sort("sequence")
    return [row["type"] for row in rows]


@pytest.mark.requirement("N4")
def test_everybody_gets_the_mail_once_and_the_draft_is_sent(store, queued):
    with ScriptedServer() as server:
        send_all(sender(store, server))

    assert len(server.taken) == 2
    assert states(store, queued) == [DeliveryState.SENT] * 2
    assert told(store, queued) == ["mail.queued", "mail.sent", "mail.sent"]
    assert store.drafts.find_one({"message": queued}).state == "sent"


@pytest.mark.requirement("N4")
@pytest.mark.requirement("N16")
def test_many_senders_send_each_mail_once(store, queued):
    with ScriptedServer() as server, ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda owner: send_all(sender(store, server, str(owner))), range(6)))

    assert len(server.taken) == 2
    assert states(store, queued) == [DeliveryState.SENT] * 2


def test_a_mail_waits_for_a_server_that_is_away(store, queued):
    with ScriptedServer(RCPT="450 greylisted") as server:
        send_all(sender(store, server))

    waiting = store.deliveries_of([queued])[queued]
    assert [delivery.state for delivery in waiting] == [DeliveryState.DEFERRED] * 2
    assert all(delivery.next_at > clock.now() for delivery in waiting)
    assert [delivery.last_error for delivery in waiting] == ["450 greylisted"] * 2


def test_a_refusal_is_told(store, queued):
    with ScriptedServer(RCPT="550 unknown") as server:
        send_all(sender(store, server))

    assert states(store, queued) == [DeliveryState.FAILED] * 2
    assert told(store, queued) == ["mail.queued", "mail.failed", "mail.failed"]


@pytest.mark.requirement("N4")
def test_an_answer_that_never_came_is_unknown_until_a_person_says_what_happened(store, queued, run):
    with ScriptedServer(CONTENT=GONE) as server:
        send_all(sender(store, server))

    assert states(store, queued) == [DeliveryState.UNKNOWN] * 2
    assert told(store, queued) == ["mail.queued", "mail.unknown", "mail.unknown"]
    first = store.deliveries_of([queued])[queued][0]
    run(lambda: store.settle(first.resolve(Outcome.SEND_AGAIN, "they have nothing", at=clock.now()), at=clock.now()))
    with ScriptedServer() as again:
        send_all(sender(store, again))
    assert states(store, queued) == [DeliveryState.SENT, DeliveryState.UNKNOWN]
    assert len(again.taken) == 1


@pytest.mark.requirement("N4")
def test_what_a_dead_sender_was_handing_over_is_not_sent_again(store, queued):
    delivery = store.claim_delivery("dead")
    rows = store.deliveries.rows.collection
    rows.update_one({"_id": delivery.id}, {"$set": {"state": "handing_over", "until": LONG_AGO}})

    with ScriptedServer() as server:
        send_all(sender(store, server))

    assert sorted(states(store, queued)) == ["sent", "unknown"]
    assert len(server.taken) == 1


@pytest.mark.requirement("N4")
def test_what_a_dead_sender_had_only_claimed_is_sent(store, queued):
    for owner in ("dead", "dead too"):
        store.claim_delivery(owner)
    store.deliveries.rows.collection.update_many({}, {"$set": {"until": LONG_AGO}})

    with ScriptedServer() as server:
        send_all(sender(store, server))

    assert states(store, queued) == [DeliveryState.SENT] * 2


@pytest.mark.requirement("N4")
def test_a_sender_that_wakes_with_its_answer_says_how_it_ended(store, queued, run):
    with ScriptedServer() as server:
        sleeper = sender(store, server, "sleeper")
        delivery = store.claim_delivery("sleeper")
        sleeper._settle(delivery.hand_over())
        store.deliveries.rows.collection.update_one({"_id": delivery.id}, {"$set": {"until": LONG_AGO}})
        send_all(sender(store, server, "other"))
        assert states(store, queued)[0] is DeliveryState.UNKNOWN

        sleeper._testify(delivery.hand_over().accepted())

    assert states(store, queued) == [DeliveryState.SENT] * 2
