"""Viewers: who looks at a ticket, and what they do there."""

from datetime import timedelta

import pytest

from services.chassis.clock import now
from services.chassis.errors import Invalid, NotFound
from services.chassis.ids import new_id
from services.presence.domain.leases import LEASE
from tests.integration.presence.person import Person


def there(monitor):
    return [(each["agent"], each["activity"]) for each in monitor["active"]]


def gone(monitor):
    return [each["agent"] for each in monitor["inactive"]]


def not_heard_of_for_a_lease(person: Person, ticket: str) -> None:
    """As if the agent had said nothing at this ticket for a lease, in which the store could be written."""
    database = person.house.database("presence")
    database["pulses"].update_one({"_id": "pulse"}, {"$set": {"since": now() - 2 * LEASE, "last": now()}})
    found = {"ticket": ticket, "agent": person.id}
    database["viewers"].update_many(found, {"$set": {"until": now() - timedelta(seconds=1)}})


@pytest.mark.requirement("R129")
@pytest.mark.requirement("R131")
def test_the_monitor_shows_who_is_there_and_what_they_do(somebody: Person, somebody_else: Person):
    ticket = new_id()
    somebody.enter(ticket, somebody.open())

    answered = somebody_else.enter(ticket, somebody_else.open(), "editing_reply")

    assert answered == somebody.ask("list_viewers", ticket=ticket)
    assert sorted(there(answered)) == sorted([(somebody.id, "viewing"), (somebody_else.id, "editing_reply")])
    assert {each["name"] for each in answered["active"]} == {somebody.name, somebody_else.name}
    assert gone(answered) == []


@pytest.mark.requirement("R130")
@pytest.mark.requirement("R132")
def test_who_leaves_is_shown_with_the_time(somebody: Person):
    ticket, session = new_id(), somebody.open()
    since = somebody.enter(ticket, session)["active"][0]["since"]

    somebody.ask("leave_ticket", ticket=ticket)
    left = somebody.ask("list_viewers", ticket=ticket)
    back = somebody.enter(ticket, session)

    assert (there(left), gone(left)) == ([], [somebody.id])
    assert left["inactive"][0]["left_at"] >= since
    assert (there(back), gone(back)) == ([(somebody.id, "viewing")], [])


@pytest.mark.requirement("N9")
def test_who_is_not_heard_of_for_a_lease_is_gone(somebody: Person):
    ticket = new_id()
    somebody.enter(ticket, somebody.open())

    not_heard_of_for_a_lease(somebody, ticket)

    monitor = somebody.ask("list_viewers", ticket=ticket)
    assert (there(monitor), gone(monitor)) == ([], [somebody.id])


@pytest.mark.requirement("R136")
def test_several_sessions_of_an_agent_are_one_agent(somebody: Person):
    ticket, first, second = new_id(), somebody.open(), somebody.open()
    somebody.enter(ticket, first, "editing_comment")

    both = somebody.enter(ticket, second)
    somebody.ask("leave_ticket", ticket=ticket, session=first)
    one = somebody.ask("list_viewers", ticket=ticket)

    assert (there(both), there(one), gone(one)) == (
        [(somebody.id, "editing_comment")],
        [(somebody.id, "viewing")],
        [],
    )


def test_a_session_that_ends_leaves_every_ticket(somebody: Person):
    tickets, session = [new_id(), new_id()], somebody.open()
    for ticket in tickets:
        somebody.enter(ticket, session)

    somebody.ask("end_session", id=session)

    assert [gone(somebody.ask("list_viewers", ticket=ticket)) for ticket in tickets] == [[somebody.id]] * 2


@pytest.mark.requirement("R143")
def test_the_editors_are_the_others_who_write_a_reply(somebody: Person, somebody_else: Person):
    ticket = new_id()
    somebody.enter(ticket, somebody.open(), "editing_reply")
    somebody_else.enter(ticket, somebody_else.open(), "editing_reply")

    editors = somebody.ask("editors", ticket=ticket)["editors"]
    not_heard_of_for_a_lease(somebody_else, ticket)

    assert [(each["agent"], each["name"]) for each in editors] == [(somebody_else.id, somebody_else.name)]
    assert somebody.ask("editors", ticket=ticket) == {"editors": []}


def test_only_who_has_a_session_can_be_at_a_ticket(somebody: Person, somebody_else: Person):
    ticket, session = new_id(), somebody.open()

    with pytest.raises(NotFound):
        somebody_else.enter(ticket, session)
    with pytest.raises(Invalid):
        somebody.enter(ticket, session, "dancing")

    assert somebody.ask("list_viewers", ticket=ticket) == {"active": [], "inactive": []}


def test_leaving_what_one_does_not_look_at_is_no_fault(somebody: Person):
    assert somebody.ask("leave_ticket", ticket=new_id()) is None
