"""An idempotency key: whoever asks again gets the first result, and there is no second effect."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.commands import command
from services.chassis.context import Actor, Call, using
from services.chassis.errors import Conflict, NotFound
from services.chassis.idempotency import KeyReused, Replayed
from services.chassis.schema import Id, Schema


class OneCounter(Schema):
    """Which counter."""

    id = Id(required=True)


class Desk:
    """Commands on counters, run without a bus."""

    name = "desk"

    def __init__(self, store):
        self.store = store

    @command(OneCounter)
    def open_counter(self, id):
        return {"id": self.store.open(id).id}

    @command(OneCounter)
    def bump_counter(self, id):
        return {"value": self.store.bump(id).value}

    @command(OneCounter)
    def close_counter(self, id):
        self.store.counters.rows.delete({"_id": self.store.counters.get(id).id})
        return {"closed": id}

    @command(OneCounter)
    def open_the_first(self, id):
        self.store.touch("first")
        if self.store.counters.find_one({}):
            raise Conflict("There is one.")
        return {"id": self.store.open(id).id}


@pytest.fixture
def desk(store):
    return Desk(store)


def ask(method, id="a", key="k", actor="alice"):
    with using(Call.begin(Actor(kind="agent", id=actor), seconds=10, idempotency_key=key)):
        return method(id=id)


def test_a_command_asked_again_is_answered_with_its_first_result(desk):
    ask(desk.open_counter, key="opening")
    ask(desk.bump_counter)

    assert ask(desk.bump_counter) == Replayed({"value": 1})
    assert desk.store.counters.get("a").value == 1


@pytest.mark.parametrize("name", ["open_counter", "close_counter", "open_the_first"])
def test_a_command_that_its_own_effect_forbids_is_replayed_all_the_same(desk, name):
    if name == "close_counter":
        ask(desk.open_counter, key="opening")
    first = ask(getattr(desk, name))

    assert ask(getattr(desk, name)) == Replayed(first)


@pytest.mark.parametrize("name", ["open_counter", "open_the_first"])
def test_of_many_who_ask_at_once_one_has_the_effect_and_all_have_its_result(desk, name):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(getattr(desk, name)), range(8)))

    assert sorted(isinstance(answer, Replayed) for answer in answers) == [False] + [True] * 7
    assert {getattr(answer, "result", answer)["id"] for answer in answers} == {"a"}


@pytest.mark.parametrize("name", ["open_counter", "open_the_first"])
def test_a_key_that_comes_with_another_body_is_refused(desk, name):
    ask(getattr(desk, name), id="a")

    with pytest.raises(KeyReused):
        ask(getattr(desk, name), id="b")

    assert [counter.id for counter in desk.store.counters.find({})] == ["a"]


def test_a_refusal_is_not_kept_so_that_the_same_key_may_succeed_later(desk):
    with pytest.raises(NotFound):
        ask(desk.bump_counter)
    ask(desk.open_counter, key="opening")

    assert ask(desk.bump_counter) == {"value": 1}


def test_a_key_belongs_to_its_actor_and_its_command(desk):
    ask(desk.open_counter)

    assert [ask(desk.bump_counter), ask(desk.bump_counter, actor="bob")] == [{"value": 1}, {"value": 2}]
