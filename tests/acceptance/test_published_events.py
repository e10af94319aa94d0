"""Every event that these tests made, and those of a round of its own, as another team would read them; it runs last."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.remote import SERVICES
from tests.acceptance.all_moves import Round
from tests.acceptance.described import Reader
from tests.acceptance.desk import Agent, Stack
from tests.cloud_events import complaints, declared_types
from tests.waiting import eventually

ADDRESS = "tayori@example.jp"
CUSTOMER = "sato@example.jp"
HARD_TO_MAKE = {"inbound.quarantined", "mail.failed", "mail.unknown"}  # need a parser that dies, a server that refuses


@pytest.fixture(scope="module")
def reader(stack: Stack) -> Agent:
    """Somebody who reads the logs after everything was done once."""
    Round(stack).go()
    return one_mail_answered(stack)


def one_mail_answered(stack: Stack) -> Agent:
    """Somebody who answered a mail, whose customer wrote again."""
    admin, carol = (Reader(stack, stack.agent(*who).headers) for who in (("root", "admin"), ("carol", "agent")))
    desk = {"id": "events", "name": "便り", "kind": "inquiry", "addresses": [ADDRESS]}
    admin.ask("POST", "/v1/desks", desk, expect=201)
    group = {"id": "readers", "name": "読者", "desk": "events", "members": [{"agent": "carol"}], "distribution": "pull"}
    admin.ask("POST", "/v1/groups", group, expect=201)
    every = {"all": [{"field": "title", "op": "present"}]}
    trigger = {"id": "to-readers", "name": "読者へ", "desk": "events", "on": ["ticket.created"], "when": every}
    admin.ask("POST", "/v1/triggers", trigger | {"then": [{"action": "assign", "group": "readers"}]}, expect=201)
    stack.mail(a_mail("tayori", "<first@example.jp>"), ADDRESS, sender=CUSTOMER)
    [ticket] = eventually(lambda: carol.items("/v1/tickets?view=my_groups&desk=events"), within=30)
    path = f"/v1/tickets/{ticket['id']}"
    eventually(lambda: carol.items("/v1/queue?group=readers"), within=30)
    carol.ask("POST", f"{path}/keep", {}, expect=200)
    eventually(lambda: carol.items(f"{path}/activities"))
    draft = eventually(lambda: carol.ask("POST", "/v1/drafts", {"ticket": ticket["id"], "text": "はい"}, expect=201))
    carol.ask("POST", f"/v1/drafts/{draft['id']}/send", {"then": "solve"}, expect=202)
    [reply] = eventually(lambda: stack.sent_to(CUSTOMER, "tayori"), within=30)
    eventually(lambda: carol.ask("GET", path)["status"] == "solved", within=30)
    stack.mail(a_mail("Re: tayori", "<second@example.jp>", str(reply["Message-ID"])), ADDRESS, sender=CUSTOMER)
    eventually(lambda: carol.ask("GET", path)["status"] == "in_progress", within=30)
    return carol


def a_mail(subject: str, message_id: str, answers: str = "") -> bytes:
    """A plain mail of the customer."""
    fields = [f"From: {CUSTOMER}", f"To: {ADDRESS}", f"Subject: {subject}", f"Message-ID: {message_id}"]
    fields += [f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []
    return "\r\n".join([*fields, "", "What of it?", ""]).encode()


def log_of(reader: Agent, service: str) -> Iterator[dict[str, Any]]:
    """The whole log of a service, page by page."""
    after = ""
    while after is not None:
        page = reader.ask("GET", f"/v1/events?service={service}&limit=200{after and f'&after={after}'}", expect=200)
        yield from page["items"]
        after = page["next"]


def seen_by(reader: Agent) -> dict[str, list[dict[str, Any]]]:
    """All events of all services by type."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for service in SERVICES:
        for event in log_of(reader, service):
            found[event["type"]].append(event)
    return found


@pytest.mark.timeout(300)
def test_every_event_of_every_service_is_a_cloud_event_that_fits_its_schema(reader: Agent) -> None:
    events = [event for all_ in seen_by(reader).values() for event in all_]

    assert len(events) > len(declared_types())
    assert {(event["type"], each) for event in events for each in complaints(event)} == set()


@pytest.mark.timeout(60)
def test_an_event_is_told_once_and_the_events_of_a_subject_have_no_gaps(reader: Agent) -> None:
    events = [event for all_ in seen_by(reader).values() for event in all_]

    sequences: dict[tuple[str, str], list[int]] = defaultdict(list)
    for event in events:
        sequences[event["source"], event["subject"]].append(int(event["sequence"]))

    assert len({event["id"] for event in events}) == len(events)
    assert {key: found for key, found in sequences.items() if sorted(found) != list(range(1, len(found) + 1))} == {}


@pytest.mark.timeout(60)
def test_every_declared_event_has_been_seen(reader: Agent) -> None:
    expected = declared_types() - HARD_TO_MAKE

    def all_seen() -> bool:
        assert expected - seen_by(reader).keys() == set()
        return True

    assert eventually(all_seen, within=30)
    assert seen_by(reader).keys() <= declared_types()
