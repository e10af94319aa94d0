"""Answers that leave, told as mail tells them."""

from typing import Any

import pytest

from services.chassis.ids import new_id
from tests.integration.tickets.acts import ended, entry_of, now_of
from tests.integration.tickets.house import ALICE, House, types


def answer(house: House, ticket: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Tell of an answer of alice; its entry."""
    message, event = new_id(), new_id()
    usual = {"message": message, "ticket": ticket["id"], "draft": message, "desk": "support", "then": None}
    written = {
        "author": "alice",
        "overridden": [],
        "personal": {"to": [], "subject": "Re: 請求書", "text": "送りました"},
    }
    house.tell("mail", "mail.queued", message, usual | written | fields, by=ALICE, id=event)
    house.settled(event)
    entry = entry_of(house, message)
    assert entry is not None
    return entry


@pytest.mark.requirement("R59")
def test_a_final_mail_solves(house: House):
    ticket = ended(house)

    entry = answer(house, ticket, then="solve")

    solved = now_of(house, ticket)
    assert (solved["status"], solved["resolution"]) == ("solved", "answered")
    assert (entry["direction"], entry["author"]["id"], entry["text"]) == ("out", "alice", "送りました")
    assert types(house.log("tickets", ticket["id"]))[-2:] == ["ticket.solved", "activity.recorded"]


@pytest.mark.requirement("R58")
def test_an_interim_mail_holds(house: House):
    ticket = ended(house)

    answer(house, ticket, then="hold")

    assert now_of(house, ticket)["status"] == "on_hold"


def test_a_then_that_comes_too_late_is_said_in_the_entry(house: House):
    closed = ended(house, "solve", "close")

    entry = answer(house, closed, then="solve")

    assert "illegal_transition" in entry["note"]
    assert now_of(house, closed)["status"] == "closed"
    assert house.log("tickets", closed["id"])[-1]["data"]["then_refused"] == "illegal_transition"
