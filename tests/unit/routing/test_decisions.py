"""Questions that events raise, and the decisions on them."""

import pytest

from services.routing.domain.decision import CASCADE_TOO_DEEP, Decision, Fate
from services.routing.domain.fields import Source
from services.routing.domain.question import Question
from services.routing.domain.values import customer_values, mail_values
from tests.unit.routing.factories import NOW, a_question, a_set, a_trigger, is_, told


def decide(question, *triggers, **found):
    return Decision.on(question, a_set(*triggers), found, id="D1", at=NOW)


@pytest.mark.requirement("N8")
def test_a_decision_says_what_it_saw_and_what_follows():
    decision = decide(a_question(group="general"), a_trigger(id="a"), a_trigger(id="b", when=is_("desk", "sales")))

    assert (decision.saw.group, decision.saw.assignee, decision.saw.status) == ("general", None, "new")
    assert decision.matched == ("a",)
    assert decision.actions == [{"action": "assign", "group": "billing", "assignee": None}]
    assert [(each.trigger, each.matched) for each in decision.verdicts] == [("a", True), ("b", False)]
    assert (decision.trigger_set, decision.fate) == (7, Fate.PENDING)


def test_a_decision_that_moves_nothing_is_worth_keeping_and_not_telling():
    decision = decide(a_question(), a_trigger(when=is_("desk", "sales")))

    assert (decision.worth_telling, decision.fate) == (False, Fate.NOTHING_TO_DO)


@pytest.mark.requirement("N6")
@pytest.mark.parametrize(("cascade", "refused"), [(4, None), (5, CASCADE_TOO_DEEP), (9, CASCADE_TOO_DEEP)])
def test_a_cascade_ends_at_its_fifth_decision_with_a_recorded_refusal(cascade, refused):
    decision = decide(a_question(cascade=cascade), a_trigger())

    assert (decision.refused, bool(decision.actions)) == (refused, refused is None)
    assert decision.worth_telling


def test_nobody_is_asked_for_what_the_event_tells():
    question = a_question(
        priority="normal", tags=[], personal={"title": "x", "description": "y", "customer_fields": {"plan": "gold"}}
    )

    everything = [
        is_("priority", "low"),
        is_("description", "y"),
        is_("customer_fields.plan", "gold"),
        is_("desk", "a"),
    ]

    assert question.unknown([a_trigger(when={"all": everything})]) == set()


@pytest.mark.parametrize(
    ("field", "source"),
    [
        ("description", Source.TICKET),
        ("customer_fields.plan", Source.TICKET),
        ("customer.name", Source.CUSTOMER),
        ("customer.fields.plan", Source.CUSTOMER),
        ("mail.subject", Source.MAIL),
        ("mail.header.x-spam", Source.MAIL),
    ],
)
def test_only_the_owner_of_what_a_trigger_reads_is_asked(field, source):
    question = a_question(message="M1")

    assert question.unknown([a_trigger(when=is_(field, "x"))]) == {source}


def test_without_a_mail_and_a_customer_nobody_can_be_asked_for_them():
    question = a_question(customer=None, channel="phone")
    trigger = a_trigger(when={"any": [is_("customer.name", "x"), is_("mail.subject", "x")]})

    assert question.unknown([trigger]) == set()
    assert decide(question, trigger).matched == ()


def test_a_ticket_that_came_by_mail_has_a_mail_behind_it():
    question = a_question(channel="mail", message=None)

    assert question.unknown([a_trigger(when=is_("mail.subject", "x"))]) == {Source.MAIL}


def test_a_field_that_the_event_changed_is_known_by_its_new_value():
    question = a_question(changed={"priority": ["normal", "high"]})
    trigger = a_trigger(when={"all": [is_("priority", "high"), {"field": "priority", "op": "changed"}]})

    assert question.unknown([trigger]) == set()
    assert decide(question, trigger).matched == (trigger.id,)


def test_a_field_inside_of_a_map_changes_by_itself():
    changed = {"customer_fields": [{"plan": "free", "age": 3}, {"plan": "gold", "age": 3}]}
    question = a_question(personal={"title": "x", "changed": changed})
    plan, age = (a_trigger(when={"field": f"customer_fields.{each}", "op": "changed"}) for each in ("plan", "age"))

    assert decide(question, plan).matched == (plan.id,)
    assert decide(question, age).matched == ()


def test_customers_and_mail_are_compared_by_what_their_owners_say():
    customer = customer_values(
        {"name": "山田", "identities": [{"channel": "mail", "address": "Y@example.jp"}], "fields": {"plan": "gold"}}
    )
    mail = mail_values(
        {
            "from": {"name": "Y", "address": "y@example.jp"},
            "to": [{"address": "support@example.jp"}],
            "subject": "請求",
            "text": "hello",
            "headers": {"X-Priority": "1"},
        }
    )
    conditions = [
        is_("customer.email", "y@EXAMPLE.jp"),
        is_("customer.fields.plan", "gold"),
        is_("mail.from", "y@example.jp"),
        is_("mail.to", "support@example.jp"),
        is_("mail.body", "hello"),
        is_("mail.header.x-priority", "1"),
    ]

    assert decide(a_question(), a_trigger(when={"all": conditions}), **customer, **mail).matched == ("t1",)


def test_a_decision_that_came_too_late_is_made_once_more_about_the_ticket_as_it_is():
    question = Question.of(
        told(changed={"priority": ["low", "high"]}, message="M1"), occasion="ticket.updated", event="E1", cascade=1
    )
    decision = decide(question, a_trigger())
    now = {
        "number": 1001,
        "desk": "support",
        "group": "g",
        "assignee": "bob",
        "status": "in_progress",
        "channel": "mail",
    }

    again = decision.raised_again({**now, "customer": {"id": "C1"}}, event="E2", cascade=2)
    second = Decision.on(again, a_set(a_trigger()), {}, id="D2", at=NOW)

    assert (again.occasion, again.message, again.changed, again.ticket.customer) == (
        "ticket.updated",
        "M1",
        frozenset({"priority"}),
        "C1",
    )
    assert (second.retries, second.saw.assignee) == ("D1", "bob")
    assert decision.came_too_late("refused")
    assert not decision.came_too_late("applied")
    assert not second.came_too_late("refused")
