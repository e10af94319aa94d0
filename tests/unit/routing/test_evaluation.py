"""One pass over the triggers of an event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.domain.evaluation import evaluate
from services.routing.domain.snapshot import Snapshot
from tests.unit.routing.factories import NOW, a_trigger, is_


def assign(group=None, assignee=None):
    return {"action": "assign", "group": group, "assignee": assignee}


def plain(outcome):
    return [each.plain() for each in outcome.actions]


def run(*triggers, **values):
    return evaluate(Snapshot.of({"desk": "support", **values}), triggers, at=NOW)


@pytest.mark.requirement("R14")
def test_a_matching_trigger_assigns_to_a_group_and_an_agent():
    trigger = a_trigger(when=is_("desk", "support"), then=[assign("billing", "alice")])

    outcome = run(trigger)

    assert (outcome.matched, plain(outcome)) == (("t1",), [assign("billing", "alice")])


@pytest.mark.requirement("R16")
def test_without_a_match_nothing_is_done():
    outcome = run(a_trigger(when=is_("desk", "sales")))

    assert (outcome.matched, outcome.actions) == ((), ())


@pytest.mark.requirement("N6")
def test_triggers_run_in_the_order_of_their_positions_and_a_later_one_overwrites():
    late = a_trigger(id="late", position=9, then=[assign("tech")])
    early = a_trigger(id="early", position=1, then=[assign("billing", "alice")])

    outcome = run(late, early)

    assert (outcome.matched, plain(outcome)) == (("early", "late"), [assign("tech")])


@pytest.mark.requirement("N6")
def test_all_triggers_see_the_same_snapshot():
    first = a_trigger(id="a", position=1, then=[{"action": "set", "field": "priority", "value": "urgent"}])
    second = a_trigger(id="b", position=2, when=is_("priority", "urgent"))

    assert run(first, second, priority="normal").matched == ("a",)


@pytest.mark.requirement("N6")
def test_stop_ends_the_pass_where_it_matches():
    stopper = a_trigger(id="a", position=1, stop=True, when=is_("desk", "support"))
    missed = a_trigger(id="b", position=2, stop=True, when=is_("desk", "sales"))

    stopped = run(stopper, a_trigger(id="c", position=3))
    passed = run(missed, a_trigger(id="c", position=3))

    assert (stopped.matched, stopped.stopped_by) == (("a",), "a")
    assert (passed.matched, passed.stopped_by) == (("c",), None)


def test_all_actions_become_one_change():
    tag = {"action": "tag", "add": ["VIP", "late"]}
    untag = {"action": "tag", "remove": ["ｖｉｐ"]}
    low = {"action": "set", "field": "priority", "value": "low"}
    high = {"action": "set", "field": "priority", "value": "high"}

    outcome = run(
        a_trigger(id="a", then=[tag, low, assign("billing")]), a_trigger(id="b", position=2, then=[untag, high])
    )

    assert plain(outcome) == [
        high,
        {"action": "tag", "add": ["late"], "remove": ["ｖｉｐ"]},
        assign("billing"),
    ]


def test_a_later_agent_joins_the_earlier_group():
    outcome = run(a_trigger(id="a", then=[assign("billing", "bob")]), a_trigger(id="b", then=[assign(None, "alice")]))

    assert plain(outcome) == [assign("billing", "alice")]


@pytest.mark.requirement("N5")
def test_what_did_not_match_says_which_comparison_failed():
    outcome = run(a_trigger(when={"all": [is_("desk", "support"), is_("language", "ja")]}), language="en")

    [verdict] = outcome.verdicts
    assert [(each.field, each.actual) for each in verdict.failed] == [("language", "en")]


TRIGGERS = st.lists(
    st.builds(
        lambda position, desk, stop, group: (position, desk, stop, group),
        st.integers(0, 3),
        st.sampled_from(["support", "sales"]),
        st.booleans(),
        st.sampled_from(["x", "y", "z"]),
    ),
    max_size=6,
)


@pytest.mark.requirement("N6")
@given(TRIGGERS, st.randoms())
def test_the_order_in_which_triggers_are_stored_never_matters(shapes, random):
    triggers = [
        a_trigger(id=f"t{at}", position=position, stop=stop, when=is_("desk", desk), then=[assign(group)])
        for at, (position, desk, stop, group) in enumerate(shapes)
    ]
    shuffled = random.sample(triggers, len(triggers))

    assert run(*triggers) == run(*shuffled)
