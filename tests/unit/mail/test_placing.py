"""Where a mail belongs: by token, by a proven reference, or nowhere yet."""

from datetime import timedelta

import pytest

from services.mail.domain.message import Bounce
from services.mail.domain.messages import Flag
from services.mail.domain.placing import Placement, check_joined, place, silent
from services.mail.errors import NotJoinedYet
from tests.unit.mail.factories import AT, CUSTOMER, a_mail, a_message

KNOWN = {"t1": frozenset({CUSTOMER.key})}


@pytest.mark.requirement("N13")
def test_a_token_of_ours_leads_to_its_ticket():
    found = place(a_mail(), token="t1", referred=[], participants=KNOWN)

    assert found == Placement(ticket="t1", matched_by="token")


@pytest.mark.requirement("N13")
def test_a_token_in_strange_hands_leads_there_and_is_marked():
    found = place(a_mail(), token="t1", referred=[], participants={"t1": frozenset({"else@example.jp"})})

    assert found == Placement(ticket="t1", matched_by="token", flags=(Flag.UNKNOWN_SENDER,))


@pytest.mark.requirement("N13")
def test_a_reference_counts_for_those_who_take_part():
    found = place(a_mail(), token=None, referred=[a_message(ticket="t1")], participants=KNOWN)

    assert found == Placement(ticket="t1", matched_by="references")


@pytest.mark.requirement("N13")
def test_a_forged_reference_attaches_to_nothing_and_says_so():
    found = place(a_mail(), token=None, referred=[a_message(ticket="t1")], participants={"t1": frozenset()})

    assert found == Placement(related_to="t1", flags=(Flag.UNPROVEN_REFERENCE,))


def test_a_mail_without_a_sender_proves_nothing():
    found = place(a_mail(author=None), token=None, referred=[a_message(ticket="t1")], participants=KNOWN)

    assert found.ticket is None


def test_a_mail_that_refers_to_nothing_is_new():
    assert place(a_mail(), token=None, referred=[], participants={}) == Placement()


def test_a_mail_waits_for_the_one_it_answers():
    waiting = a_message(ticket=None, at=AT)

    with pytest.raises(NotJoinedYet):
        check_joined([waiting], at=AT + timedelta(seconds=2))
    assert check_joined([waiting], at=AT + timedelta(hours=1)) is None
    assert check_joined([a_message(ticket=None, suppressed="auto_reply")], at=AT) is None


@pytest.mark.parametrize(
    ("mail", "own", "reason"),
    [
        (a_mail(), False, None),
        (a_mail(), True, "own_mail"),
        (a_mail(auto_reply="auto-submitted"), False, "auto_reply"),
        (a_mail(bounce=Bounce(), auto_reply="x"), False, "bounce"),
    ],
)
@pytest.mark.requirement("R60")
def test_machines_make_no_tickets(mail, own, reason):
    assert silent(mail, own=own) == reason
