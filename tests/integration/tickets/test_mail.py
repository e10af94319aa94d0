"""Mails that come in, told as mail tells them."""

import pytest

from services.chassis.ids import new_id
from tests.integration.tickets.acts import AT, arrive, ended, entry_of, now_of, opened, received, tickets_of
from tests.integration.tickets.house import ADMIN, House, types
from tests.integration.tickets.stand_in import LONG
from tests.waiting import eventually


@pytest.mark.requirement("R27")
@pytest.mark.requirement("R42")
def test_a_mail_opens_a_ticket_with_its_entry(house: House):
    ticket = opened(house)

    [entry] = house.ask("tickets", "list_activities", ticket=ticket["id"])["items"]
    created, recorded = house.log("tickets", ticket["id"])
    assert (ticket["title"], ticket["description"], ticket["status"]) == ("請求書", "届きません", "new")
    assert (ticket["channel"], ticket["language"]) == ("mail", "ja")
    assert (entry["kind"], entry["direction"], entry["author"]["name"], entry["at"]) == ("mail", "in", "山田", AT)
    assert (created["type"], recorded["data"]["message"]) == ("ticket.created", entry["message"])
    assert (recorded["data"]["source"], recorded["data"]["placed"]) == (entry["message"], "new")


def test_a_mail_that_is_told_twice_is_one_entry(house: House):
    data, events = received(), [new_id(), new_id()]

    for event in (events[0], events[0], events[1]):
        house.tell("mail", "mail.received", data["message"], data, id=event)
    for event in events:
        house.settled(event)

    assert len(tickets_of(house, data["customer"])) == 1
    assert house.database("tickets")["activities"].count_documents({"source": data["message"]}) == 1


@pytest.mark.requirement("R30")
def test_the_whole_of_a_long_mail_stays_in_its_entry(house: House):
    beginning = {"from": None, "to": [], "subject": "長い", "text": LONG[:20_000]}

    entry = arrive(house, text_cut=True, personal=beginning)

    assert entry is not None
    assert entry["text"] == LONG
    assert house.ask("tickets", "get_ticket", id=entry["ticket"])["description"] == LONG[:2000]


def test_a_mail_of_nobody_known_opens_a_ticket_all_the_same(house: House):
    ticket = opened(house, customer=None, personal={"from": None, "to": [], "subject": "", "text": ""})

    assert (ticket["customer"], ticket["title"]) == (None, "(no subject)")


@pytest.mark.requirement("R60")
def test_a_reply_reopens_a_solved_ticket_for_its_agent(house: House):
    solved = ended(house, "solve")

    entry = arrive(house, ticket=solved["id"], matched_by="token")

    reopened = now_of(house, solved)
    assert entry is not None
    assert (reopened["status"], reopened["assignee"], reopened["solved_at"]) == ("in_progress", "alice", None)
    assert reopened["opened_at"] > solved["opened_at"]
    assert types(house.log("tickets", solved["id"]))[-2:] == ["ticket.reopened", "activity.recorded"]


@pytest.mark.requirement("R34")
def test_a_reply_to_an_open_ticket_makes_no_edit_stale(house: House):
    open_one = ended(house)

    arrive(house, ticket=open_one["id"], matched_by="token")

    assert now_of(house, open_one)["version"] == open_one["version"]
    house.ask("tickets", "change_ticket", id=open_one["id"], if_version=open_one["version"], changes={"title": "x"})


@pytest.mark.requirement("R63")
def test_a_reply_to_a_closed_ticket_opens_one_that_follows(house: House):
    closed = ended(house, "solve", "close")

    entry = arrive(house, ticket=closed["id"], matched_by="token")

    assert entry is not None
    following = house.ask("tickets", "get_ticket", id=entry["ticket"])
    assert (following["follows"], following["status"]) == (closed["id"], "new")
    assert now_of(house, closed) == closed


@pytest.mark.requirement("R75")
def test_a_reply_to_spam_stays_spam(house: House):
    spam = opened(house)
    house.ask("tickets", "resolve_ticket_internally", id=spam["id"], reason="spam")

    entry = arrive(house, ticket=spam["id"], matched_by="token")

    assert entry is not None
    assert (now_of(house, spam)["status"], entry["ticket"]) == ("resolved_internally", spam["id"])


@pytest.mark.requirement("R60")
def test_a_machines_mail_reopens_nothing_and_opens_nothing(house: House):
    solved = ended(house, "solve")

    attached = arrive(house, ticket=solved["id"], matched_by="token", is_auto_reply=True)
    dropped = arrive(house, is_auto_reply=True)

    assert attached is not None
    assert (now_of(house, solved)["status"], dropped) == ("solved", None)


@pytest.mark.requirement("R60")
def test_a_failed_delivery_reopens(house: House):
    solved = ended(house, "solve")

    arrive(house, ticket=solved["id"], matched_by="token", is_bounce=True, bounce_hard=True)

    assert now_of(house, solved)["status"] == "in_progress"


@pytest.mark.requirement("R26")
def test_where_the_desk_says_so_a_mail_joins_the_latest_open_ticket(house: House):
    house.ask("tickets", "create_desk", by=ADMIN, id="joined", name="Joined", attach="latest_open")
    customer = new_id()
    first = opened(house, desk="joined", customer=customer)

    second = arrive(house, desk="joined", customer=customer)
    unproven = arrive(house, desk="joined", customer=customer, related_to=first["id"])

    assert second is not None
    assert unproven is not None
    assert second["ticket"] == first["id"]
    assert house.ask("tickets", "get_ticket", id=unproven["ticket"])["related_to"] == first["id"]


@pytest.mark.requirement("R26")
@pytest.mark.requirement("R27")
def test_twenty_mails_of_one_new_customer_at_once_open_one_ticket(house: House):
    house.ask("tickets", "create_desk", by=ADMIN, id="crowd", name="Crowd", attach="latest_open")
    customer, mails = new_id(), []

    for _ in range(20):
        mails.append(received(desk="crowd", customer=customer))
        house.tell("mail", "mail.received", mails[-1]["message"], mails[-1])

    entries = eventually(lambda: all(entry_of(house, mail["message"]) for mail in mails), within=40)
    assert entries
    assert len(tickets_of(house, customer)) == 1
