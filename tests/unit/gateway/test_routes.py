import json
from io import BytesIO

import pytest

from gateway.drafts import Drafts
from gateway.events import Events
from gateway.http.requests import HttpRequest
from gateway.tickets import Tickets
from services.chassis.errors import Invalid, Stale
from tests.fakes import FakeService

TICKET = {"id": "01TICKET", "number": 1042, "version": 3}


def a_request(fields: dict | None = None, *, query: str = "", if_match: str | None = None) -> HttpRequest:
    environ = {"REQUEST_METHOD": "POST", "QUERY_STRING": query, "wsgi.input": BytesIO()}
    if if_match is not None:
        environ["HTTP_IF_MATCH"] = if_match
    request = HttpRequest(environ)
    request.raw = b"" if fields is None else json.dumps(fields).encode()
    return request


def a_window(cls, **services):
    window = cls()
    vars(window).update(services)
    return window


@pytest.mark.requirement("R59")
def test_solving_without_a_draft_is_a_move_of_the_ticket():
    window = a_window(Tickets, tickets=FakeService(), mail=FakeService())

    window.solve_ticket(a_request({}, if_match='"3"'), "1042")

    assert window.tickets.asked == [("solve_ticket", {"id": "1042", "if_version": 3})]
    assert window.mail.asked == []


@pytest.mark.requirement("R57", "R59")
@pytest.mark.parametrize(("move", "then"), [("solve_ticket", "solve"), ("hold_ticket", "hold")])
def test_solving_or_holding_with_a_draft_is_the_drafts_send(move, then):
    sent = {"id": "d1", "state": "queued"}
    window = a_window(Tickets, tickets=FakeService(get_ticket=TICKET), mail=FakeService(send_draft=sent))

    response = getattr(window, move)(a_request({"draft": "d1", "override": True}), "1042")

    assert window.mail.asked == [("send_draft", {"id": "d1", "ticket": "01TICKET", "then": then, "override": True})]
    assert (response.status_code, response.json) == (202, {"draft": sent, "ticket": TICKET})


@pytest.mark.parametrize("draft", [None, 7, {"id": "d1"}, ""])
def test_a_draft_that_is_no_id_is_invalid(draft):
    window = a_window(Tickets, tickets=FakeService(get_ticket=TICKET), mail=FakeService())

    with pytest.raises(Invalid) as refused:
        window.solve_ticket(a_request({"draft": draft}), "1042")

    assert list(refused.value.errors) == ["draft"]
    assert window.mail.asked == []


@pytest.mark.parametrize("field", ["id", "ticket", "then"])
def test_what_the_path_says_of_a_sent_draft_cannot_be_said_otherwise(field):
    window = a_window(Tickets, tickets=FakeService(get_ticket=TICKET), mail=FakeService())

    with pytest.raises(Invalid) as refused:
        window.hold_ticket(a_request({"draft": "d1", field: "x"}), "1042")

    assert list(refused.value.errors) == [field]


@pytest.mark.requirement("R35")
def test_a_condition_counts_for_the_ticket_also_with_a_draft():
    window = a_window(Tickets, tickets=FakeService(get_ticket=TICKET), mail=FakeService())

    with pytest.raises(Stale) as refused:
        window.solve_ticket(a_request({"draft": "d1"}, if_match='"2"'), "1042")

    assert refused.value.current == TICKET
    assert window.mail.asked == []


def test_filters_of_tickets_are_lists_and_the_rest_is_not():
    window = a_window(Tickets, tickets=FakeService())

    window.list_tickets(a_request(query="view=all&status=new&status=solved&sort=-created_at&q=x&limit=5&cursor=c"))

    assert window.tickets.asked == [
        (
            "list_tickets",
            {"view": "all", "status": ["new", "solved"], "sort": "-created_at", "q": "x", "limit": 5, "cursor": "c"},
        )
    ]


def test_a_draft_is_deleted_at_a_version():
    window = a_window(Drafts, mail=FakeService())

    window.delete_draft(a_request(if_match='"2"'), "d1")

    assert window.mail.asked == [("delete_draft", {"id": "d1", "if_version": 2})]


def test_events_come_from_the_log_of_the_named_service():
    window = a_window(Events, tickets=FakeService(), routing=FakeService())

    window.list_events(a_request(query="service=routing&after=1-5&types=a&types=b&subject=s"))

    assert window.tickets.asked == []
    assert window.routing.asked == [("list_events", {"types": ["a", "b"], "after": "1-5", "subject": "s", "limit": 50})]


def test_the_next_page_of_events_goes_on_behind_the_last_one():
    window = a_window(Events, tickets=FakeService())

    window.list_events(a_request(query="service=tickets&after=1-5&cursor=1-9"))

    assert window.tickets.asked == [("list_events", {"after": "1-9", "limit": 50})]


@pytest.mark.parametrize(
    "query", ["", "service=", "service=gateway", "service=__class__", "service=tickets&service=mail"]
)
def test_events_of_no_service_are_invalid(query):
    with pytest.raises(Invalid):
        a_window(Events, tickets=FakeService()).list_events(a_request(query=query))
