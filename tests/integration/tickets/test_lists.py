"""The ticket list: every view and condition."""

from typing import Any

import pytest

from services.chassis.errors import Invalid
from services.tickets.domain.views import View
from tests.integration.tickets.acts import kept, make
from tests.integration.tickets.house import ALICE, LEAD, House


def ids(page: dict[str, Any]) -> set[str]:
    return {item["id"] for item in page["items"]}


@pytest.mark.requirement("R91")
@pytest.mark.requirement("R94")
@pytest.mark.requirement("R95")
@pytest.mark.requirement("R96")
@pytest.mark.requirement("R97")
@pytest.mark.requirement("R98")
@pytest.mark.requirement("R99")
@pytest.mark.requirement("R100")
def test_each_view_shows_what_it_is_for(house: House):
    waiting, grouped, working = make(house), make(house, group="billing"), kept(house)
    held, solved, closed, spam = kept(house), kept(house), kept(house), make(house)
    house.ask("tickets", "hold_ticket", id=held["id"])
    house.ask("tickets", "solve_ticket", id=solved["id"])
    house.ask("tickets", "solve_ticket", id=closed["id"])
    house.ask("tickets", "close_ticket", by=LEAD, id=closed["id"])
    house.ask("tickets", "resolve_ticket_internally", id=spam["id"], reason="spam")
    everything = {each["id"] for each in (waiting, grouped, working, held, solved, closed, spam)}

    shown = {view: ids(house.ask("tickets", "list_tickets", view=view, limit=200)) & everything for view in View}

    assert shown == {
        "all": everything - {spam["id"]},
        "unassigned": {waiting["id"], grouped["id"]},
        "my_groups": {each["id"] for each in (grouped, working, held, solved, closed)},
        "my_in_progress": {working["id"]},
        "my_on_hold": {held["id"]},
        "my_solved": {solved["id"]},
        "my_closed": {closed["id"]},
        "spam": {spam["id"]},
    }


@pytest.mark.requirement("R92")
@pytest.mark.requirement("R101")
def test_conditions_narrow_alone_and_together(house: House):
    customer = {"channel": "mail", "address": "Search@Example.jp", "name": "検索"}
    other = make(house)
    made = make(house, customer=customer, title="領収書 2026", priority="urgent", tags=["領収"], group="billing")

    for condition in [
        {"id": [made["id"]]},
        {"number": [str(made["number"])]},
        {"title": ["領収"]},
        {"tag": ["領収"]},
        {"email": ["search@example.jp"]},
        {"customer_id": [made["customer"]["id"]]},
        {"customer_number": [str(made["customer"]["number"])]},
        {"priority": ["urgent", "high"], "group": ["billing"], "title": ["領収"]},
        {"assigned": ["false"], "status": ["new"], "channel": ["phone"], "desk": ["support"], "title": ["領収"]},
        {"created_from": [made["created_at"]], "created_to": [made["created_at"]], "title": ["領収"]},
    ]:
        assert ids(house.ask("tickets", "list_tickets", **condition)) == {made["id"]}, condition
    assert other["id"] in ids(house.ask("tickets", "list_tickets", priority=["normal"], limit=200))


@pytest.mark.requirement("R91")
def test_pages_neither_skip_nor_repeat_what_stays(house: House):
    made = [make(house, title="頁")["id"] for _ in range(5)]
    found: list[str] = []
    cursor = None

    while True:
        page = house.ask("tickets", "list_tickets", title=["頁"], sort="created_at", limit=2, cursor=cursor)
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
        make(house, title="別")

    assert found == made


@pytest.mark.parametrize(
    "wrong", [{"view": "mine"}, {"sort": "title"}, {"status": ["gone"]}, {"limit": 201}, {"q_": ["x"]}, {"cursor": "x"}]
)
def test_what_is_wrong_with_a_list_is_named(house: House, wrong: dict[str, Any]):
    with pytest.raises(Invalid) as refusal:
        house.ask("tickets", "list_tickets", **wrong)

    assert any(name.startswith(next(iter(wrong))) for name in refusal.value.errors)


def test_views_are_counted_for_the_caller(house: House):
    before = house.ask("tickets", "count_views", by=ALICE)
    kept(house)

    after = house.ask("tickets", "count_views", by=ALICE)

    assert after["my_in_progress"]["count"] == before["my_in_progress"]["count"] + 1
    assert after["my_in_progress"]["more"] is False
