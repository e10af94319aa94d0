"""The events of routing, and what they say of a change."""

import pytest

from services.chassis.events import declared
from services.routing import events
from services.routing.domain.decision import Decision
from tests.unit.routing.factories import LATER, NOW, a_group, a_question, a_set, a_task, a_trigger, is_

DECLARED = list(declared(events))


@pytest.mark.parametrize("event", DECLARED, ids=lambda event: event.type)
def test_an_example_has_every_member_of_its_event_and_no_other(event):
    assert event.example.keys() == event.json_schema()["properties"].keys()


def test_a_group_names_its_members_and_what_changed():
    before = a_group()
    after = before.change({"members": [{"agent": "bob"}], "capacity": {"mail": 3}}, at=LATER)

    data = events.GroupUpdated.of(after, before).data()

    assert (data["group"], data["desk"], data["members"]) == ("billing", "support", ["bob"])
    assert data["changed"]["members"][1] == [{"agent": "bob", "skills": {}}]
    assert data["changed"].keys() == {"members", "capacity"}


def test_conditions_that_may_hold_addresses_are_personal():
    before = a_trigger()
    after = before.change({"when": is_("mail.from", "y@example.jp"), "position": 5}, at=LATER)

    data = events.TriggerUpdated.of(after, before).data()

    assert data["changed"] == {"position": [1, 5]}
    assert data["personal"] == {"changed": {"when": [{"all": []}, is_("mail.from", "y@example.jp")]}}


@pytest.mark.requirement("N8")
def test_a_decision_tells_what_it_saw_and_wants():
    decision = Decision.on(a_question(group="g"), a_set(a_trigger()), {}, id="D1", at=NOW)

    event = events.DecisionMade.of(decision)

    assert (event.subject, event.deepens) == ("D1", True)
    assert event.data()["saw"] == {"group": "g", "assignee": None, "status": "new"}
    assert event.data()["actions"] == [{"action": "assign", "group": "billing", "assignee": None}]


def test_a_task_that_is_confirmed_goes_from_waiting_to_accepted():
    reserved = a_task().begin_accepting("alice", ("alice",), at=LATER)

    data = events.TaskAccepted.of(reserved.confirm(1), reserved).data()

    assert data["changed"] == {"state": ["queued", "accepted"]}
    assert (data["accepted_by"], data["fence"], data["state"]) == ("alice", 1, "accepted")
