"""What may be saved as a trigger."""

import pytest

from services.routing.errors import NotValid
from tests.unit.routing.factories import LATER, a_trigger, is_


def mistakes(**fields):
    with pytest.raises(NotValid) as refused:
        a_trigger(**fields)
    return [*refused.value.errors]


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    ("action", "path"),
    [
        ({"action": "assign"}, "then.0"),
        ({"action": "assign", "group": 5}, "then.0.group"),
        ({"action": "assign", "group": "billing", "desk": "x"}, "then.0.desk"),
        ({"action": "set", "field": "number", "value": 5}, "then.0.field"),
        ({"action": "set", "field": "status", "value": "solved"}, "then.0.field"),
        ({"action": "set", "field": "customer_fields.", "value": "x"}, "then.0.field"),
        ({"action": "set", "field": "priority", "value": "hihg"}, "then.0.value"),
        ({"action": "set", "field": "title", "value": "x" * 256}, "then.0.value"),
        ({"action": "set", "field": "language", "value": "Japanese!"}, "then.0.value"),
        ({"action": "set", "field": "customer_fields.plan", "value": {"a": 1}}, "then.0.value"),
        ({"action": "set", "field": "customer_fields.plan", "value": 10**400}, "then.0.value"),
        ({"action": "tag"}, "then.0"),
        ({"action": "tag", "add": ["x" * 51]}, "then.0.add"),
        ({"action": "tag", "remove": [" "]}, "then.0.remove"),
        ({"action": "resolve_internally", "reason": "answered"}, "then.0.reason"),
        ({"action": "reply", "template": "t"}, "then.0.action"),
        ({"action": "explode"}, "then.0.action"),
        ("assign", "then.0"),
    ],
)
def test_a_wrong_action_is_named_by_its_path(action, path):
    assert mistakes(then=[action]) == [path]


def test_mistakes_in_conditions_and_actions_are_told_together():
    assert mistakes(when=is_("nonsense", 1), then=[{"action": "explode"}]) == ["when.field", "then.0.action"]


def test_a_trigger_does_something():
    assert mistakes(then=[]) == ["then"]


@pytest.mark.parametrize(
    ("desk", "groups", "path"),
    [
        ("nowhere", {"billing": "nowhere"}, "desk"),
        ("support", {}, "then.0.group"),
        ("support", {"billing": "sales"}, "then.0.group"),
    ],
)
def test_a_trigger_names_a_desk_and_groups_that_fit(desk, groups, path):
    trigger = a_trigger(desk=desk)

    with pytest.raises(NotValid) as refused:
        trigger.check_places(frozenset({"support"}), groups)

    assert [*refused.value.errors] == [path]


def test_a_trigger_of_every_desk_may_give_to_any_group():
    a_trigger(desk=None).check_places(frozenset(), {"billing": "sales"})


def test_a_change_is_checked_like_a_new_trigger_and_raises_the_version():
    trigger = a_trigger()

    changed = trigger.change({"when": is_("desk", "sales")}, at=LATER)

    assert (changed.version, changed.updated_at) == (trigger.version + 1, LATER)
    with pytest.raises(NotValid):
        changed.change({"then": [{"action": "explode"}]}, at=LATER)


def test_an_occasion_counts_once():
    assert a_trigger(on=["ticket.created", "ticket.created"]).on == ("ticket.created",)
