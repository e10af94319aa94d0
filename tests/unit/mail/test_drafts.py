"""What may be written, what may leave, and what may follow it."""

import pytest

from services.chassis.errors import Conflict, Invalid
from services.mail.domain.answering import begin
from services.mail.domain.answers import deliveries_of, message_of, outgoing
from services.mail.domain.drafts import DraftState, Kind
from services.mail.domain.editors import UNKNOWN, check_editors
from services.mail.domain.mime.addresses import Address
from services.mail.domain.policy import warnings
from services.mail.domain.threads import check_head
from tests.unit.mail.factories import AT, CUSTOMER, DESK, TICKET, a_draft, a_message

OWN = [DESK.address]
ABOUT = {"id": TICKET, "desk": "support", "title": "請求", "customer": {"email": CUSTOMER.address, "name": "山田太郎"}}


def begun(answered, kind=Kind.REPLY, **written):
    given = {"id": "d1", "message": "m1", "author": "alice", "desk_addresses": OWN, "head": "h", "at": AT}
    return begin(ABOUT, answered, kind=kind, written=written, **given)


@pytest.mark.requirement("R155")
def test_a_reply_goes_to_the_sender_from_the_mailbox_that_was_written_to():
    draft = begun(a_message(id="m9"))

    assert (draft.to, draft.sender, draft.in_reply_to, draft.based_on) == ((CUSTOMER,), DESK, "m9", "h")
    assert draft.subject == "Re: 請求書について"
    assert "> 届きません。" in draft.text


@pytest.mark.requirement("R156")
def test_a_reply_to_all_keeps_the_others_in_copy_and_leaves_us_out():
    other = Address(address="sato@example.jp")

    draft = begun(a_message(to=(DESK, other)), kind=Kind.REPLY_ALL)

    assert (draft.to, draft.cc) == ((CUSTOMER,), (other,))


@pytest.mark.requirement("R157")
def test_a_new_mail_goes_to_the_customer_of_the_ticket():
    draft = begun(None, kind=Kind.NEW)

    assert [each.address for each in draft.to] == [CUSTOMER.address]
    assert draft.text == ""


def test_what_the_author_wrote_stands():
    draft = begun(a_message(), text="はい", to=(DESK,), subject="別件")

    assert (draft.text, draft.to, draft.subject) == ("はい", (DESK,), "別件")


def test_a_desk_without_address_sends_nothing():
    with pytest.raises(Invalid):
        begin(
            ABOUT, None, id="d", message="m", kind=Kind.NEW, author="a", desk_addresses=[], head=None, written={}, at=AT
        )


def test_a_draft_leaves_once():
    queued = a_draft().queue(own=OWN, at=AT)

    assert queued.state is DraftState.QUEUED
    with pytest.raises(Conflict):
        queued.queue(own=OWN, at=AT)
    with pytest.raises(Conflict):
        queued.change({"text": "x"}, at=AT)
    with pytest.raises(Conflict):
        queued.discard()


def test_a_draft_to_nobody_or_from_a_stranger_stays():
    with pytest.raises(Invalid):
        a_draft(to=()).queue(own=OWN, at=AT)
    with pytest.raises(Invalid):
        a_draft(sender=CUSTOMER).queue(own=OWN, at=AT)


def test_everybody_gets_one_delivery():
    draft = a_draft(cc=(Address(address="YAMADA@example.jp"), DESK), bcc=(Address(address="b@example.jp"),))

    recipients = [delivery.recipient for delivery in deliveries_of(draft, at=AT)]

    assert recipients == ["yamada@example.jp", "support@example.jp", "b@example.jp"]


@pytest.mark.requirement("R143")
def test_another_editor_stops_a_send_unless_it_is_overridden():
    bob = [{"agent": "bob"}]

    with pytest.raises(Conflict) as caught:
        check_editors(bob, override=False)

    assert (caught.value.code, caught.value.facts) == ("reply_in_progress", {"editors": bob})
    assert check_editors(bob, override=True) == ["reply_in_progress"]
    assert check_editors([], override=False) == check_editors(UNKNOWN, override=False) == []


@pytest.mark.requirement("N3")
def test_a_thread_that_went_on_stops_a_send_unless_it_is_overridden():
    draft = a_draft(based_on="seen")

    with pytest.raises(Conflict) as caught:
        check_head(draft, "later", [a_message(id="later", text="急ぎです")], override=False)

    assert caught.value.code == "answered_meanwhile"
    assert [(each["message"], each["text"]) for each in caught.value.facts["since"]] == [("later", "急ぎです")]
    assert check_head(draft, "later", [], override=True) == ["answered_meanwhile"]
    assert check_head(draft, "seen", [], override=False) == []


@pytest.mark.requirement("N11")
def test_the_author_is_warned_of_what_looks_wrong():
    draft = a_draft(text="{{customer.name}} 様", cc=(Address(address="other@example.com"),))

    found = [(each["code"], each["where"]) for each in warnings(draft, participants={CUSTOMER.key})]

    assert found == [("placeholder", "text"), ("unexpected_recipient", "cc")]


def test_an_answer_names_what_it_answers_and_carries_the_ticket_in_its_own_name():
    answered = a_message(message_id="m2@example.jp", references=("m1@example.jp",), charset="utf-8")

    mail = outgoing(a_draft(), answered, secret=b"s", domain="desk.example.jp", at=AT)
    again = outgoing(a_draft(), answered, secret=b"s", domain="desk.example.jp", at=AT)
    message = message_of(a_draft(), mail, digest="x", at=AT)

    assert (mail.in_reply_to, mail.message_id) == ("m2@example.jp", again.message_id)
    assert TICKET.lower() in mail.message_id
    assert message.references == ("m1@example.jp", "m2@example.jp")
