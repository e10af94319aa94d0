"""Customers, their changes, and what they are found by."""

import pytest

from services.chassis.events import declared
from services.customers import events
from services.customers.domain.customer import Customer, added
from services.customers.domain.identity import Channel, Identity, identity
from services.customers.domain.search import asked_grams, grams, searchable, texts_of
from services.customers.events import CustomerUpdated


def at(address: str, channel: Channel = Channel.MAIL) -> Identity:
    return identity(channel, address, region="JP")


def a_customer(**fields) -> Customer:
    return Customer(**({"id": "c", "number": 1001, "name": "山田太郎"} | fields))


@pytest.mark.requirement("R106")
def test_a_profile_grows_by_merge_patches():
    customer = a_customer(fields={"plan": "free", "seat": "A1"})

    changed = customer.change({"company": "山田商店", "fields": {"plan": "paid", "seat": None}})

    assert (changed.company, changed.fields, changed.version) == ("山田商店", {"plan": "paid"}, 2)


def test_a_change_that_changes_nothing_leaves_the_version():
    customer = a_customer()

    assert customer.change({"name": "山田太郎"}) is customer


@pytest.mark.requirement("R115")
def test_one_address_is_had_once_however_it_is_written():
    customer = a_customer().change({"identities": (at("Taro@example.jp"), at("taro@EXAMPLE.jp"))})

    assert [each.address for each in customer.identities] == ["Taro@example.jp"]


def test_first_mail_and_first_number_are_shown():
    customer = a_customer(identities=(at("a@example.jp"), at("b@example.jp"), at("0312345678", Channel.SMS)))

    assert (customer.email, customer.phone) == ("a@example.jp", "0312345678")
    assert (a_customer().email, a_customer().phone) == (None, None)


def test_what_came_and_what_went():
    before, after = a_customer(identities=(at("a@example.jp"),)), a_customer(identities=(at("b@example.jp"),))

    assert [each.address for each in added(before, after)] == ["b@example.jp"]
    assert [each.address for each in added(after, before)] == ["a@example.jp"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("ヤマダ", "やまだ"),
        ("ﾔﾏﾀﾞ", "やまだ"),
        ("ＡＢＣ商店", "abc"),
        ("山田 太郎", "山田"),
        ("Müller", "MÜL"),
        ("김철수", "철수"),
    ],
)
def test_a_part_is_found_however_it_is_written(written: str, asked: str):
    assert set(asked_grams(searchable(asked))) <= set(grams([searchable(written)]))


def test_one_character_is_found_too():
    assert set(asked_grams("林")) <= set(grams(["林 花子"]))


def test_what_q_looks_through():
    customer = a_customer(
        name_kana="ヤマダ", company="ＡＢＣ", external_ids=("crm-7",), identities=(at("a@example.jp"),)
    )

    assert texts_of(customer) == ["山田太郎", "やまだ", "abc", "crm-7", "a@example.jp"]


@pytest.mark.parametrize("event", list(declared(events)), ids=lambda event: event.type)
def test_an_example_has_every_member_of_its_event_and_no_other(event):
    assert event.example.keys() == event.json_schema()["properties"].keys()


def test_who_it_is_stands_in_personal_only():
    before = a_customer()

    data = CustomerUpdated.of(before.change({"name": "山田花子", "language": "ja"}), before).data()

    assert data["changed"] == {"language": [None, "ja"]}
    assert data["personal"]["changed"] == {"name": ["山田太郎", "山田花子"]}
    assert "山田" not in str({name: value for name, value in data.items() if name != "personal"})
