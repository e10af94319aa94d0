"""Why a condition did not hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.domain.explanation import failures
from services.routing.domain.problems import Problems
from services.routing.domain.reading import read_condition
from services.routing.domain.snapshot import Snapshot
from tests.unit.routing.factories import is_

TEXTS = st.sampled_from(["a", "Ａ", "b", "ガ", "ｶﾞ", ""])
TESTS = st.one_of(
    st.builds(is_, st.sampled_from(["title", "desk", "language"]), TEXTS),
    st.builds(lambda value: {"field": "title", "op": "contains", "value": value}, TEXTS.filter(bool)),
    st.builds(lambda field: {"field": field, "op": "present"}, st.sampled_from(["title", "language"])),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(lambda each: {"all": each}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda each: {"any": each}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda each: {"not": each}, inner),
    ),
    max_leaves=6,
)
VALUES = st.fixed_dictionaries({"title": TEXTS, "desk": TEXTS}, optional={"language": TEXTS})


def read(raw):
    problems = Problems()
    condition = read_condition(raw, "when", problems)
    problems.settle()
    return condition


@pytest.mark.requirement("N5")
@given(CONDITIONS, VALUES)
def test_a_condition_that_does_not_hold_always_says_why(raw, values):
    condition, snapshot = read(raw), Snapshot.of(values)

    assert bool(failures(condition, snapshot)) is not condition.holds(snapshot)


@pytest.mark.requirement("N5")
@given(CONDITIONS, VALUES)
def test_what_is_said_is_what_was_found(raw, values):
    found = failures(read(raw), Snapshot.of(values))

    assert all(each.actual == values.get(each.field) for each in found)


@pytest.mark.requirement("N5")
def test_the_failed_comparisons_are_named_with_what_was_found():
    condition = read({"all": [is_("desk", "a"), is_("title", "b"), {"not": is_("language", "JA")}]})

    found = failures(condition, Snapshot.of({"desk": "a", "title": "c", "language": "ja"}))

    assert [(each.field, each.value, each.actual, each.negated) for each in found] == [
        ("title", "b", "c", False),
        ("language", "JA", "ja", True),
    ]


def test_a_long_text_is_shown_by_its_beginning():
    found = failures(read(is_("title", "a")), Snapshot.of({"title": "x" * 1000}))

    assert found[0].actual == "x" * 200
