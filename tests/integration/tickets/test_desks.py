"""Desks over RPC."""

import pytest

from services.chassis.errors import Conflict, Fault, Forbidden, Invalid, NotFound, Stale
from tests.integration.tickets.house import ADMIN, ALICE, LEAD, House, types


def make_desk(house: House, id: str, **policies):
    return house.ask("tickets", "create_desk", by=ADMIN, id=id, **({"name": id.title()} | policies))


def test_a_desk_is_made_changed_and_buried(house: House):
    made = make_desk(house, "sales", kind="issue", auto_close_after="P1D")

    changed = house.ask(
        "tickets", "change_desk", by=ADMIN, id="sales", if_version=1, changes={"review": {"mode": "all"}}
    )
    house.ask("tickets", "delete_desk", by=ADMIN, id="sales", if_version=2)

    assert (made["kind"], made["auto_close_after"], made["version"]) == ("issue", "P1D", 1)
    assert (changed["review"]["mode"], changed["review"]["sample"], changed["version"]) == ("all", 0.0, 2)
    assert types(house.log("tickets", "sales")) == ["desk.created", "desk.updated", "desk.deleted"]
    with pytest.raises(NotFound):
        house.ask("tickets", "get_desk", id="sales")


def test_an_id_is_never_used_again(house: House):
    make_desk(house, "once")
    house.ask("tickets", "delete_desk", by=ADMIN, id="once", if_version=1)

    with pytest.raises(Conflict) as refusal:
        make_desk(house, "once")
    assert refusal.value.code == "already_taken"


def test_an_address_leads_to_one_desk(house: House):
    make_desk(house, "help", addresses=["Help@example.jp"])

    with pytest.raises(Conflict) as refusal:
        make_desk(house, "other", addresses=["help@EXAMPLE.jp"])

    assert refusal.value.facts["holder"] == "help"
    assert house.ask("tickets", "desk_of_address", address="HELP@example.jp") == {"desk": "help"}


def test_an_address_that_a_desk_let_go_leads_nowhere(house: House):
    make_desk(house, "brief", addresses=["brief@example.jp"])
    house.ask("tickets", "change_desk", by=ADMIN, id="brief", if_version=1, changes={"addresses": []})

    with pytest.raises(NotFound):
        house.ask("tickets", "desk_of_address", address="brief@example.jp")


def test_a_desk_with_groups_is_in_use(house: House):
    with pytest.raises(Conflict) as refusal:
        house.ask("tickets", "delete_desk", by=ADMIN, id="support", if_version=1)

    assert refusal.value.code == "in_use"


@pytest.mark.parametrize("actor", [ALICE, LEAD])
def test_desks_are_for_admins(house: House, actor):
    with pytest.raises(Forbidden):
        house.ask("tickets", "create_desk", by=actor, id="mine", name="Mine")


def test_a_change_of_what_was_changed_meanwhile_is_refused_with_what_it_is_now(house: House):
    make_desk(house, "busy")

    with pytest.raises(Stale) as refusal:
        house.ask("tickets", "change_desk", by=ADMIN, id="busy", if_version=7, changes={"name": "x"})

    assert refusal.value.current["name"] == "Busy"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kind": "department"},
        {"auto_close_after": "two weeks"},
        {"addresses": ["nobody"]},
        {"review": {"sample": 2}},
        {"colour": "red"},
        {"customer_fields": [{"key": "a", "label": "A", "type": "colour"}]},
    ],
)
def test_what_is_wrong_is_named(house: House, wrong: dict):
    with pytest.raises(Invalid) as refusal:
        make_desk(house, "wrong", **wrong)

    assert next(iter(refusal.value.errors)).split(".")[0] == next(iter(wrong))


def test_an_id_has_its_form(house: House):
    with pytest.raises(Invalid) as refusal:
        make_desk(house, "Not An Id")

    assert refusal.value.errors.keys() == {"id"}


def test_desks_are_listed_in_pages(house: House):
    for id in ("page-a", "page-b"):
        make_desk(house, id)

    first = house.ask("tickets", "list_desks", limit=1)
    second = house.ask("tickets", "list_desks", limit=1, cursor=first["next"])

    assert [len(first["items"]), len(second["items"])] == [1, 1]
    assert first["items"] != second["items"]


def test_a_cursor_that_was_made_up_is_refused(house: House):
    with pytest.raises(Fault) as refusal:
        house.ask("tickets", "list_desks", cursor="abc")

    assert refusal.value.code == "unknown_cursor"
