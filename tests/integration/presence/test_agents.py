"""The directory, and what agents choose to be."""

import pytest

from services.chassis.errors import Forbidden, Invalid, NotFound, PreconditionRequired, Stale
from services.chassis.ids import new_id
from tests.integration.presence.person import Person
from tests.integration.tickets.house import ADMIN, House, types


def test_somebody_new_is_entered_at_first_sight_and_once(somebody: Person):
    for _ in range(2):
        somebody.ask("see_agent", id=somebody.id, name=somebody.name)

    entry = somebody.entry()
    assert (entry["name"], entry["state"], entry["connected"], entry["version"]) == (
        somebody.name,
        "not_ready",
        False,
        1,
    )
    assert somebody.history() == ["agent.created"]


def test_another_name_in_the_token_renames(somebody: Person):
    somebody.ask("see_agent", id=somebody.id, name="改名")

    [_, renamed] = somebody.house.log("presence", somebody.id)
    assert (somebody.entry()["name"], renamed["type"]) == ("改名", "agent.updated")
    assert renamed["data"]["personal"]["changed"] == {"name": [somebody.name, "改名"]}


def put(house: House, id: str, by=ADMIN, **fields):
    return house.ask("presence", "put_agent", by=by, id=id, **({"name": "Alice"} | fields))


def test_an_administrator_enters_and_describes_an_agent(house: House):
    id = new_id().lower()

    entered = put(house, id, email="alice@example.jp", locale="ja")
    described = put(house, id, name="アリス", if_version=entered["version"])

    assert (entered["email"], entered["version"]) == ("alice@example.jp", 1)
    assert (described["name"], described["email"], described["version"]) == ("アリス", None, 2)
    assert types(house.log("presence", id)) == ["agent.created", "agent.updated"]


def test_who_describes_an_agent_must_have_seen_the_entry(somebody: Person):
    with pytest.raises(PreconditionRequired):
        put(somebody.house, somebody.id)
    with pytest.raises(Stale) as stale:
        put(somebody.house, somebody.id, if_version=7)
    with pytest.raises(Forbidden):
        put(somebody.house, somebody.id, by=somebody.actor, if_version=1)

    assert stale.value.current == somebody.entry()


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"avatar_url": "javascript:alert(1)"}, {"locale": "Japanese!"}, {"state": "ready"}, {"email": 5}],
)
def test_a_wrong_entry_is_refused_by_the_name_of_its_field(house: House, fields):
    with pytest.raises(Invalid) as refused:
        put(house, new_id().lower(), **fields)

    assert refused.value.errors.keys() == fields.keys()


@pytest.mark.requirement("R05")
def test_an_agent_chooses_to_be_ready(somebody: Person):
    ready = somebody.ask("set_state", state="ready")
    somebody.ask("set_state", state="ready")
    away = somebody.ask("set_state", state="not_ready", reason="lunch")

    assert (ready["state"], ready["reason"], away["state"], away["reason"]) == ("ready", None, "not_ready", "lunch")
    assert somebody.history() == ["agent.created", "agent.state_changed", "agent.state_changed"]
    assert somebody.entry()["version"] == 1


def test_only_the_states_that_there_are_can_be_chosen(somebody: Person):
    with pytest.raises(Invalid):
        somebody.ask("set_state", state="asleep")

    assert somebody.history() == ["agent.created"]


def test_who_is_in_no_directory_can_not_be_ready(somebody: Person):
    with pytest.raises(NotFound):
        somebody.house.ask("presence", "set_state", by=ADMIN, state="ready")


@pytest.mark.requirement("R116")
def test_the_directory_lists_everybody_once(somebody: Person, somebody_else: Person):
    found, cursor = [], None
    while True:
        page = somebody.ask("list_agents", limit=2, cursor=cursor)
        found, cursor = found + [each["id"] for each in page["items"]], page["next"]
        if cursor is None:
            break

    assert {somebody.id, somebody_else.id} <= set(found)
    assert len(found) == len(set(found))
