"""Customers over RPC."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.chassis.errors import Conflict, Invalid, NotFound, Stale
from services.chassis.ids import new_id
from services.customers.store import CustomerStore, asked
from tests.integration.tickets.house import House, types


def create(house: House, **profile: Any) -> dict[str, Any]:
    made: dict[str, Any] = house.ask("customers", "create_customer", **profile)
    return made


def recognise(house: House, address: str, channel: str = "mail", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = house.ask("customers", "recognise", channel=channel, address=address, **more)
    return found


def mail(address: str) -> dict[str, str]:
    return {"channel": "mail", "address": address}


@pytest.mark.requirement("R104")
def test_a_customer_is_made_and_shown(house: House):
    made = create(
        house,
        name="鈴木一郎",
        name_kana="スズキイチロウ",
        identities=[mail("Suzuki@example.jp")],
        fields={"plan": "free"},
    )

    assert made == house.ask("customers", "get_customer", id=made["id"])
    assert (made["identities"], made["fields"], made["version"]) == (
        [{"channel": "mail", "address": "Suzuki@example.jp", "verified": False}],
        {"plan": "free"},
        1,
    )
    assert types(house.log("customers", made["id"])) == ["customer.created", "identity.added"]


@pytest.mark.requirement("R105")
def test_a_change_is_stored_with_its_events(house: House):
    made = create(house, name="A", identities=[mail("old@example.jp")])

    changes = {"name": "B", "identities": [mail("new@example.jp")]}
    changed = house.ask("customers", "change_customer", id=made["id"], if_version=1, changes=changes)

    assert (changed["name"], changed["version"]) == ("B", 2)
    assert types(house.log("customers", made["id"]))[2:] == ["customer.updated", "identity.added", "identity.removed"]
    assert recognise(house, "old@example.jp")["created"]


@pytest.mark.requirement("R34")
@pytest.mark.requirement("R35")
def test_who_edits_what_another_changed_is_given_what_it_is_now(house: House):
    made = create(house, name="A")
    house.ask("customers", "change_customer", id=made["id"], if_version=1, changes={"name": "B"})

    with pytest.raises(Stale) as refusal:
        house.ask("customers", "change_customer", id=made["id"], if_version=1, changes={"name": "C"})

    assert refusal.value.current == house.ask("customers", "get_customer", id=made["id"])


def test_an_address_belongs_to_one_customer(house: House):
    holder = create(house, identities=[mail("one@example.jp")])

    with pytest.raises(Conflict) as refusal:
        create(house, identities=[mail("ONE@example.jp")])

    assert (refusal.value.code, refusal.value.facts["holder"]) == ("identity_taken", holder["id"])


@pytest.mark.requirement("R110")
def test_who_contacts_is_recognised_from_then_on(house: House):
    first = recognise(house, "hanako@example.jp", name="花子")
    second = recognise(house, "Hanako@EXAMPLE.jp", name="another name")

    assert (first["created"], second["created"]) == (True, False)
    assert first["customer"] == second["customer"]
    assert first["customer"]["name"] == "花子"


@pytest.mark.requirement("R111")
def test_one_person_is_recognised_by_any_of_their_addresses(house: House):
    made = create(house, identities=[mail("any@example.jp"), {"channel": "phone", "address": "03-9876-5432"}])

    assert recognise(house, "+81398765432", "sms")["customer"]["id"] == made["id"]
    assert recognise(house, "any@example.jp")["customer"]["id"] == made["id"]


@pytest.mark.requirement("R110")
def test_a_hundred_recognitions_of_a_new_address_at_once_make_one_customer(house: House):
    address = f"{new_id()}@example.jp"

    with ThreadPoolExecutor(50) as callers:
        found = list(callers.map(lambda _: recognise(house, address), range(100)))

    assert len({each["customer"]["id"] for each in found}) == 1
    assert [each["created"] for each in found].count(True) == 1


def test_two_who_take_one_address_at_once_do_not_both_have_it(house: House):
    address = mail(f"{new_id()}@example.jp")

    def take(_: int) -> str:
        try:
            return str(create(house, identities=[address])["id"])
        except Conflict as refusal:
            return refusal.code

    with ThreadPoolExecutor(10) as callers:
        outcomes = list(callers.map(take, range(10)))

    assert outcomes.count("identity_taken") == 9


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": "あ" * 256}, "name"),
        ({"notes": "あ" * 2001}, "notes"),
        ({"identities": [{"channel": "mail", "address": "nobody"}]}, "identities.0.address"),
        ({"identities": [{"channel": "pigeon", "address": "x"}]}, "identities.0.channel"),
        ({"fields": {"a": 1}}, "fields.a"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named(house: House, wrong: dict[str, Any], named: str):
    with pytest.raises(Invalid) as refusal:
        create(house, **wrong)

    assert list(refusal.value.errors) == [named]


@pytest.mark.requirement("R116")
@pytest.mark.parametrize(
    "wanted",
    [
        {"q": "さとう"},
        {"q": "ＳＡＴＯ商会"},
        {"q": "佐藤"},
        {"name": "ｻﾄｳ"},
        {"email": "SATO@find.example.jp"},
        {"phone": "+81 3 1111 2222"},
        {"external_id": "crm-42"},
        {"name": "佐藤", "external_id": "crm-42"},
    ],
)
def test_a_customer_is_found_by(house: House, wanted: dict[str, str]):
    made = recognise(house, "sato@find.example.jp")["customer"]
    if made["version"] == 1:
        phone = {"channel": "phone", "address": "03-1111-2222"}
        profile = {"name": "佐藤次郎", "name_kana": "サトウジロウ", "company": "sato商会", "external_ids": ["crm-42"]}
        changes = profile | {"identities": [mail("sato@find.example.jp"), phone]}
        house.ask("customers", "change_customer", id=made["id"], if_version=1, changes=changes)

    found = house.ask("customers", "list_customers", **wanted)["items"]

    assert [each["id"] for each in found] == [made["id"]]


def test_a_customer_is_found_by_number_and_not_by_what_they_are_not(house: House):
    made = create(house, name="番号")

    assert house.ask("customers", "list_customers", number=str(made["number"]))["items"] == [made]
    assert house.ask("customers", "list_customers", number=str(made["number"]), name="別人")["items"] == []


def test_customers_come_in_pages(house: House):
    made = [create(house, name=f"頁{place}")["id"] for place in range(3)]

    first = house.ask("customers", "list_customers", q="頁", limit=2)
    second = house.ask("customers", "list_customers", q="頁", limit=2, cursor=first["next"])

    assert [each["id"] for each in first["items"] + second["items"]] == made
    assert second["next"] is None


def test_who_is_not_there_is_not_found(house: House):
    with pytest.raises(NotFound):
        house.ask("customers", "get_customer", id="nobody")


@pytest.mark.parametrize(
    "wanted",
    [
        {"q": "山田"},
        {"name": "林"},
        {"email": "a@example.jp"},
        {"phone": "0312345678"},
        {"external_id": "x"},
        {"number": 7},
        {},
    ],
)
def test_every_search_is_read_from_an_index_in_its_order(house: House, wanted: dict[str, Any]):
    findings = CustomerStore(house.database("customers")).findings.collection

    explained = findings.find(asked(wanted, "JP")).sort([("_id", 1)]).limit(51).explain()

    plan = str(explained["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in plan
    assert "'SORT'" not in plan
