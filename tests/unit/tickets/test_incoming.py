"""Where a mail from outside goes."""

import pytest

from services.tickets.domain.desk import Attach
from services.tickets.domain.incoming import Placed, opened_by, place_of
from services.tickets.domain.lifecycle import OPEN, Status
from services.tickets.domain.text import NO_SUBJECT
from services.tickets.domain.words import Channel, Resolution
from tests.unit.tickets.factories import LATER, a_desk, a_mail, a_spam_ticket, a_ticket

AUTOMATIC = [{"is_auto_reply": True}, {"is_bounce": True}]


@pytest.mark.requirement("R27")
def test_a_mail_of_no_thread_opens_a_ticket():
    place = place_of(a_mail(), known=None, latest_open=None)

    assert place is not None
    assert (place.how, place.existing(at=LATER)) == (Placed.NEW, None)


@pytest.mark.requirement("R26")
def test_it_joins_the_latest_open_ticket_where_there_is_one():
    open_one = a_ticket(assignee="alice")

    place = place_of(a_mail(), known=None, latest_open=open_one)

    assert place is not None
    assert (place.how, place.existing(at=LATER)) == (Placed.LATEST_OPEN, open_one.touched(at=LATER))


@pytest.mark.requirement("R26")
@pytest.mark.parametrize(
    ("attach", "mail", "joins"),
    [
        (Attach.LATEST_OPEN, {}, True),
        (Attach.THREAD, {}, False),
        (Attach.LATEST_OPEN, {"customer": None}, False),
        (Attach.LATEST_OPEN, {"related_to": "01JDOTHER"}, False),
        (Attach.LATEST_OPEN, {"is_auto_reply": True}, False),
    ],
)
def test_only_a_proven_mail_of_a_known_person_joins_by_policy(attach: Attach, mail: dict, joins: bool):
    assert a_mail(**mail).may_join_another(a_desk(attach=attach)) is joins


@pytest.mark.parametrize("status", OPEN)
def test_a_reply_to_an_open_ticket_changes_nothing_but_when(status: Status):
    ticket = a_ticket(status=status, assignee="alice")

    place = place_of(a_mail(), known=ticket, latest_open=None)

    assert place is not None
    assert place.existing(at=LATER) == ticket.touched(at=LATER)


@pytest.mark.requirement("R60")
@pytest.mark.parametrize(
    "ended",
    [{"status": Status.SOLVED}, {"status": Status.RESOLVED_INTERNALLY, "resolution": Resolution.SOLVED_BY_PHONE}],
)
def test_a_reply_to_what_was_resolved_reopens_it(ended: dict):
    place = place_of(a_mail(), known=a_ticket(assignee="alice", **ended), latest_open=None)

    assert place is not None
    after = place.existing(at=LATER)
    assert after is not None
    assert (after.status, after.assignee, after.opened_at) == (Status.IN_PROGRESS, "alice", LATER)


@pytest.mark.requirement("R63")
def test_a_reply_to_a_closed_ticket_opens_one_that_follows_it():
    mail, closed = a_mail(), a_ticket(status=Status.CLOSED, assignee="alice")

    place = place_of(mail, known=closed, latest_open=None)

    assert place is not None
    opened = opened_by(mail, place, id="01JDNEXT", number=1043, at=LATER)
    assert (place.how, opened.follows, opened.assignee) == (Placed.FOLLOW_UP, closed.id, None)


@pytest.mark.requirement("R75")
def test_a_reply_to_spam_is_attached_and_stays_spam():
    place = place_of(a_mail(), known=a_spam_ticket(), latest_open=None)

    assert place is not None
    after = place.existing(at=LATER)
    assert after is not None
    assert after.spam


@pytest.mark.requirement("R60")
@pytest.mark.parametrize("automatic", AUTOMATIC)
@pytest.mark.parametrize("status", [Status.SOLVED, Status.CLOSED])
def test_a_machines_mail_is_attached_and_reopens_nothing(automatic: dict, status: Status):
    place = place_of(a_mail(**automatic), known=a_ticket(status=status), latest_open=None)

    assert place is not None
    after = place.existing(at=LATER)
    assert after is not None
    assert after.status is status


@pytest.mark.requirement("R60")
@pytest.mark.parametrize("automatic", AUTOMATIC)
def test_a_machines_mail_of_no_thread_makes_no_ticket(automatic: dict):
    assert place_of(a_mail(**automatic), known=None, latest_open=None) is None


@pytest.mark.requirement("R60")
def test_a_mail_of_ours_that_did_not_arrive_reopens():
    place = place_of(a_mail(is_bounce=True, bounce_hard=True), known=a_ticket(status=Status.SOLVED), latest_open=None)

    assert place is not None
    assert place.reopens


@pytest.mark.requirement("R30")
def test_a_long_mail_is_cut_in_the_description_and_whole_in_the_entry():
    mail = a_mail(subject=" ", text="あ" * 5000)
    place = place_of(mail, known=None, latest_open=None)
    assert place is not None

    ticket = opened_by(mail, place, id="01JDNEXT", number=1043, at=LATER)

    assert (ticket.title, len(ticket.description), ticket.channel) == (NO_SUBJECT, 2000, Channel.MAIL)
    assert len(mail.entry(ticket, id="01JDENTRY").text) == 5000
