"""What may be saved as a group."""

import pytest

from services.routing.errors import NotValid
from tests.unit.routing.factories import LATER, a_group


def mistakes(**fields):
    with pytest.raises(NotValid) as refused:
        a_group(**fields)
    return [*refused.value.errors]


def test_a_channel_that_is_not_named_has_its_usual_capacity():
    group = a_group(capacity={"mail": 3})

    assert group.capacity == {"phone": 1, "chat": 4, "sms": 4, "mail": 3}


def test_a_patch_leaves_alone_what_it_does_not_name():
    group = a_group(capacity={"mail": 3})

    changed = group.change({"name": "請求係", "capacity": {"chat": 1}}, at=LATER)

    assert (changed.name, changed.agents, changed.capacity["mail"], changed.capacity["chat"]) == (
        "請求係",
        ("alice",),
        3,
        1,
    )
    assert changed.version == group.version + 1


@pytest.mark.requirement("R09")
def test_nobody_can_have_two_calls():
    assert mistakes(capacity={"phone": 2}) == ["capacity.phone"]


def test_everybody_is_in_a_group_once():
    assert mistakes(members=[{"agent": "alice"}, {"agent": "bob"}, {"agent": "alice"}]) == ["members.2.agent"]


def test_what_can_not_be_carried_out_yet_is_refused():
    assert mistakes(distribution="longest_idle") == ["distribution"]


def test_a_group_belongs_to_a_desk_that_is_there():
    with pytest.raises(NotValid):
        a_group().check_desk(frozenset())
