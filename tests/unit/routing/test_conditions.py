"""What a condition says, and what it says of a ticket."""

import pytest

from services.routing.domain.problems import Problems
from services.routing.domain.reading import read_condition
from services.routing.errors import NotValid
from tests.unit.routing.factories import holds, is_


def condition(field, op, value=None):
    return {"field": field, "op": op} if value is None else {"field": field, "op": op, "value": value}


def mistakes(raw):
    problems = Problems()
    read_condition(raw, "when", problems)
    with pytest.raises(NotValid) as refused:
        problems.settle()
    return refused.value.errors


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    ("raw", "title", "expected"),
    [
        (condition("title", "is", "請求書"), "請求書", True),
        (condition("title", "is", "ABC"), "ａｂｃ", True),
        (condition("title", "is", "ｶﾞｽ"), "ガス", True),
        (condition("title", "is_not", "abc"), "ＡＢＣ", False),
        (condition("title", "in", ["x", "Abc"]), "aBC", True),
        (condition("title", "not_in", ["x", "y"]), "z", True),
        (condition("title", "contains", "請求"), "九月の請求書", True),
        (condition("title", "not_contains", "請求"), "九月の請求書", False),
        (condition("title", "starts_with", "RE:"), "re: hello", True),
        (condition("title", "ends_with", "!"), "hello！", True),
        (condition("title", "matches", r"^注文\s*\d{3}$"), "注文 １２３", True),
        (condition("title", "matches", "STRASSE"), "Hauptstraße", True),
        (condition("title", "present"), "x", True),
        (condition("title", "absent"), "", True),
    ],
)
def test_text_is_compared_whatever_its_width_and_case(raw, title, expected):
    assert holds(raw, title=title) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (condition("priority", "gte", "high"), True),
        (condition("priority", "lt", "high"), False),
        (condition("number", "gt", 1000), True),
        (condition("number", "lte", 1000.5), False),
        (condition("customer_fields.age", "gt", 17), True),
        (condition("customer_fields.age", "gt", "17"), False),
        (condition("customer_fields.vip", "is", True), True),
        (condition("customer_fields.vip", "is", 1), False),
        (condition("customer_fields.age", "is", 18.0), True),
        (condition("customer_fields.missing", "lt", 1), False),
        (condition("created_at", "lt", "2026-11-22T11:00:00+09:00"), True),
    ],
)
def test_ranks_numbers_and_instants_have_their_order(raw, expected):
    values = {
        "priority": "urgent",
        "number": 1001,
        "customer_fields__age": 18,
        "customer_fields__vip": True,
        "created_at": "2026-11-22T01:02:05.630Z",
    }

    assert holds(raw, **values) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (condition("tags", "contains", "VIP"), True),
        (condition("tags", "contains", "vi"), False),
        (condition("tags", "not_contains", "gold"), True),
        (condition("tags", "in", ["gold", "vip"]), True),
        (condition("tags", "absent"), False),
        (condition("mail.to", "contains", "@EXAMPLE.jp"), True),
        (condition("mail.to", "is", "b@example.jp"), True),
        (condition("mail.to", "is_not", "b@example.jp"), False),
    ],
)
def test_a_list_is_what_one_of_its_members_is(raw, expected):
    assert holds(raw, tags=["vip", "late"], mail__to=["a@example.com", "b@example.jp"]) is expected


def test_what_is_not_there_is_only_absent_and_different():
    there = [op for op in ("is", "contains", "starts_with", "matches") if holds(condition("title", op, "x"))]

    assert there == []
    assert holds(condition("title", "is_not", "x"))
    assert holds(condition("title", "absent"))


def test_a_header_is_named_in_any_case():
    assert holds(is_("mail.header.In-Reply-To", "<a@b>"), mail__header__in_reply_to="<a@b>")


def test_changed_looks_at_what_the_event_changed():
    raw = {"all": [condition("priority", "changed"), {"not": condition("status", "changed")}]}

    assert holds(raw, changed=("priority",))
    assert not holds(raw, changed=("priority", "status"))


def test_conditions_nest():
    raw = {"any": [{"all": [is_("desk", "a"), is_("channel", "mail")]}, {"not": is_("language", "ja")}]}

    assert holds(raw, desk="a", channel="mail", language="ja")
    assert holds(raw, desk="b", channel="mail", language="en")
    assert not holds(raw, desk="b", channel="mail", language="ja")


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"all": [is_("desk", "a"), is_("nonsense", "a")]}, "when.all.1.field"),
        ({"any": [{"not": condition("title", "resembles", "a")}]}, "when.any.0.not.op"),
        (condition("title", "gt", "a"), "when.value"),
        (condition("priority", "contains", "hi"), "when.value"),
        (is_("priority", "hihg"), "when.value"),
        (is_("number", "1001"), "when.value"),
        (is_("number", True), "when.value"),
        (is_("number", 10**30), "when.value"),
        (is_("title", None), "when.value"),
        (is_("title", "a\0b"), "when.value"),
        (is_("title", "\ud83d"), "when.value"),
        (condition("title", "in", []), "when.value"),
        (condition("title", "in", ["a", 1]), "when.value"),
        (condition("title", "contains", ""), "when.value"),
        (condition("title", "matches", "(a"), "when.value"),
        (condition("title", "matches", r"(a)\1"), "when.value"),
        (condition("title", "present", "x"), "when.value"),
        (condition("created_at", "gt", "2026-11-22T11:00:00"), "when.value"),
        (condition("mail.subject", "changed"), "when.value"),
        (condition("created_at", "within", "hours"), "when.op"),
        ({"any": []}, "when.any"),
        ({"all": {}}, "when.all"),
        ({"all": [], "any": []}, "when"),
        ({"field": ["title"], "op": "is", "value": "a"}, "when.field"),
        ({"field": "title", "op": ["is"], "value": "a"}, "when.op"),
        ("title is a", "when"),
        (None, "when"),
    ],
)
def test_a_mistake_is_named_by_its_path(raw, path):
    assert [*mistakes(raw)] == [path]


def test_all_mistakes_are_told_at_once():
    raw = {"all": [is_("nonsense", "a"), is_("priority", "hihg")]}

    assert mistakes(raw).keys() == {"when.all.0.field", "when.all.1.value"}


def test_conditions_that_go_too_deep_are_refused():
    raw = is_("desk", "a")
    for _ in range(8):
        raw = {"not": raw}

    assert [*mistakes(raw)] == ["when" + ".not" * 8]
