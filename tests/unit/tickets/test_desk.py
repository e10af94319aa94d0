"""Desks and their merge patches."""

from datetime import timedelta

import pytest

from services.tickets.domain.activity import comment
from services.tickets.domain.desk import Attach, ReviewMode, address_key
from services.tickets.errors import FieldsInvalid
from services.tickets.schemas.desks import DeskFields, DeskView
from tests.unit.tickets.factories import ALICE, LATER, NOW, a_desk, a_mail, a_ticket


def test_a_patch_merges_inner_policies():
    desk = a_desk().patch({"review": {"mode": ReviewMode.ALL}}).patch({"review": {"always": {"prohibited": True}}})

    assert (desk.review.mode, desk.review.always.prohibited, desk.version) == (ReviewMode.ALL, True, 3)


def test_null_puts_a_policy_back():
    desk = a_desk(auto_close_after=timedelta(hours=1), calendar="jp").patch(
        {"auto_close_after": None, "calendar": None}
    )

    assert (desk.auto_close_after, desk.calendar) == (timedelta(days=14), None)


def test_a_patch_that_changes_nothing_leaves_the_version():
    desk = a_desk(addresses=("a@example.jp",))

    assert desk.patch(DeskFields(partial=True).load({"addresses": ["a@example.jp"]})) is desk


def test_what_is_read_is_what_is_shown():
    raw = {
        "name": "Support",
        "attach": "latest_open",
        "auto_close_after": "P1D",
        "customer_fields": [{"key": "plan", "label": "Plan", "type": "select", "options": ["free"], "required": True}],
        "review": {"mode": "sample", "sample": 0.1, "always": {"agents": ["bob"], "customers": [], "prohibited": True}},
    }

    desk = a_desk().patch(DeskFields().load(raw))

    assert desk.attach is Attach.LATEST_OPEN
    assert raw.items() <= DeskView().dump(desk).items()


def test_a_deleted_desk_lets_its_addresses_go():
    desk = a_desk(addresses=("a@example.jp",)).delete(at=NOW)

    assert (desk.addresses, desk.deleted) == ((), NOW)


def test_addresses_lead_however_they_are_written():
    assert address_key("Support@Example.JP ") == address_key("support@example.jp")


@pytest.mark.requirement("R80")
def test_a_disposition_that_the_desk_does_not_have():
    entry = comment(a_ticket(), "確認中", id="a", by=ALICE, at=LATER)

    with pytest.raises(FieldsInvalid):
        entry.edit({"disposition": "sold"}, a_desk(dispositions=("answered",)))
    assert entry.edit({"disposition": "sold"}, a_desk()).disposition == "sold"


@pytest.mark.requirement("R64")
def test_only_a_comments_text_changes():
    mail = a_mail().entry(a_ticket(), id="a")

    with pytest.raises(FieldsInvalid):
        mail.edit({"text": "x"}, a_desk())
