"""What a ticket says, and what its desk asks for."""

import pytest

from services.tickets.domain.content import edited
from services.tickets.domain.creation import new_ticket
from services.tickets.domain.desk import FieldDefinition, FieldType
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import Channel, Priority
from services.tickets.errors import FieldsInvalid, UnknownReference
from tests.unit.tickets.factories import ALICE, LATER, NOW, a_desk, a_ticket

PLAN = FieldDefinition(key="plan", label="Plan", type=FieldType.SELECT, options=("free", "paid"), required=True)
DESK = a_desk(
    intake_types=("invoice",),
    customer_fields=(
        PLAN,
        FieldDefinition(key="seats", label="Seats", type=FieldType.NUMBER),
        FieldDefinition(key="since", label="Since", type=FieldType.DATE),
        FieldDefinition(key="trial", label="Trial", type=FieldType.BOOLEAN),
        FieldDefinition(key="remark", label="Remark"),
    ),
    operator_fields=(FieldDefinition(key="cause", label="Cause", required=True),),
)


def made(desk=DESK, **content) -> Ticket:
    usual = {
        "title": "請求書",
        "description": "届きません",
        "channel": Channel.PHONE,
        "customer_fields": {"plan": "free"},
    }
    return new_ticket(id="t", number=1, desk=desk, customer="c", at=NOW, content=usual | content)


@pytest.mark.requirement("R45")
def test_an_agents_ticket_needs_group_and_assignee():
    with pytest.raises(FieldsInvalid) as refusal:
        made(channel=Channel.AGENT)

    assert refusal.value.errors.keys() == {"group", "assignee"}


@pytest.mark.requirement("R45")
def test_a_contact_of_the_customer_may_come_without_an_owner():
    ticket = made()

    assert (ticket.status, ticket.assigned_by, ticket.opened_at, ticket.version) == (Status.NEW, None, NOW, 1)


@pytest.mark.requirement("R22")
def test_a_ticket_that_begins_with_an_assignee_is_in_progress():
    ticket = made(channel=Channel.AGENT, group="billing", assignee="alice", operator_fields={"cause": "late"})

    assert ticket.status is Status.IN_PROGRESS


@pytest.mark.requirement("R51")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("plan", "gold"),
        ("seats", "3"),
        ("seats", True),
        ("seats", 10**30),
        ("since", "yesterday"),
        ("since", 20261122),
        ("trial", "yes"),
        ("remark", 7),
        ("unknown", "x"),
    ],
)
def test_a_value_that_its_field_does_not_take_is_named(key: str, value: object):
    with pytest.raises(FieldsInvalid) as refusal:
        made(customer_fields={"plan": "free", key: value})

    assert refusal.value.errors.keys() == {f"customer_fields.{key}"}


@pytest.mark.requirement("R51")
def test_values_that_fit_are_kept():
    values = {"plan": "paid", "seats": 3, "since": "2026-11-22", "trial": True, "remark": "よろしく"}

    assert made(customer_fields=values).customer_fields == values


@pytest.mark.requirement("R51")
def test_a_required_field_must_be_there_and_stay():
    with pytest.raises(FieldsInvalid):
        made(customer_fields={})
    with pytest.raises(FieldsInvalid):
        edited(made(), {"customer_fields": {"plan": None}}, desk=DESK, by=ALICE, at=LATER)


def test_an_intake_type_that_the_desk_does_not_have():
    with pytest.raises(FieldsInvalid) as refusal:
        made(intake_type="complaint")

    assert refusal.value.errors.keys() == {"intake_type"}


def test_a_desk_that_is_gone_takes_no_ticket():
    with pytest.raises(UnknownReference):
        made(desk=DESK.delete(at=NOW))


@pytest.mark.parametrize("title", ["\u0301\u0302", "  \u3000", "\u200b"])
def test_a_title_in_which_there_is_nothing_to_see(title: str):
    with pytest.raises(FieldsInvalid):
        made(title=title)


@pytest.mark.requirement("R28")
@pytest.mark.requirement("R29")
def test_an_edit_raises_the_version_once():
    before = a_ticket()

    after = edited(before, {"title": "新", "priority": Priority.HIGH}, desk=a_desk(), by=ALICE, at=LATER)

    assert (after.title, after.priority, after.version, after.updated_at) == ("新", Priority.HIGH, 2, LATER)


def test_an_edit_that_changes_nothing_changes_nothing():
    before = a_ticket()

    assert edited(before, {"title": before.title}, desk=a_desk(), by=ALICE, at=LATER) is before


def test_configured_fields_are_merged_and_null_takes_one_away():
    before = made(customer_fields={"plan": "free", "seats": 3})

    after = edited(before, {"customer_fields": {"seats": None, "remark": "x"}}, desk=DESK, by=ALICE, at=LATER)

    assert after.customer_fields == {"plan": "free", "remark": "x"}


def test_what_only_arrives_leaves_the_version():
    touched = a_ticket().touched(at=LATER)

    assert (touched.version, touched.updated_at) == (1, LATER)
