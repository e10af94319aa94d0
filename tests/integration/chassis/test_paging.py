"""Pages neither skip nor repeat, and a cursor belongs to its query."""

import base64
import json
from itertools import chain

import pytest

from services.chassis.context import Call
from services.chassis.errors import Invalid
from services.chassis.store import run_unit

BY_VALUE = [("value", -1)]


@pytest.fixture
def thirty(store):
    def work():
        for number in range(30):
            store.notes.insert({"_id": f"n{number:02}", "word": f"w{number}", "value": number % 4})

    run_unit(store.database, Call.begin(seconds=20), work)
    return store


def pages(store, filter, sort, limit):
    cursor, ids = None, []
    while True:
        page = store.page(store.notes, filter, sort=sort, limit=limit, cursor=cursor)
        ids.append([row["_id"] for row in page["items"]])
        cursor = page["next"]
        if cursor is None:
            return ids


@pytest.mark.parametrize("limit", [1, 7, 29, 30, 31])
def test_all_are_seen_once_in_order(thirty, limit):
    ids = list(chain.from_iterable(pages(thirty, {}, BY_VALUE, limit)))

    assert ids == [row["_id"] for row in thirty.notes.find({}, [("value", -1), ("_id", -1)])]


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("limit", [1, 4, 7])
def test_what_has_no_value_to_sort_by_is_seen_too(store, direction, limit):
    def work():
        for number in range(12):
            value = {} if number % 4 == 1 else {"value": None if number % 4 == 3 else number % 3}
            store.notes.insert({"_id": f"n{number:02}", "word": f"w{number}"} | value)

    run_unit(store.database, Call.begin(seconds=20), work)

    ids = list(chain.from_iterable(pages(store, {}, [("value", direction)], limit)))

    assert ids == [row["_id"] for row in store.notes.find({}, [("value", direction), ("_id", direction)])]


def test_what_comes_and_goes_meanwhile_moves_nobody_else(thirty):
    first = thirty.page(thirty.notes, {}, sort=BY_VALUE, limit=10, cursor=None)

    def change():
        thirty.notes.insert({"_id": "new", "word": "new", "value": 9})
        thirty.notes.delete({"_id": first["items"][3]["_id"]})

    run_unit(thirty.database, Call.begin(seconds=20), change)
    rest = thirty.page(thirty.notes, {}, sort=BY_VALUE, limit=100, cursor=first["next"])
    ids = [row["_id"] for row in first["items"] + rest["items"]]
    assert len(ids) == len(set(ids)) == 30
    assert "new" not in ids


def made_up(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor", ["x", "あ", "=", made_up([1]), made_up({}), made_up(["a", "b", "c"]), made_up("x" * 12), "[" * 900]
)
def test_a_cursor_made_up_is_refused(thirty, cursor):
    with pytest.raises(Invalid) as caught:
        thirty.page(thirty.notes, {}, sort=BY_VALUE, limit=10, cursor=cursor)

    assert caught.value.code == "unknown_cursor"


def test_a_cursor_of_another_query_is_refused(thirty):
    other = thirty.page(thirty.notes, {"value": 1}, sort=BY_VALUE, limit=2, cursor=None)["next"]

    with pytest.raises(Invalid):
        thirty.page(thirty.notes, {"value": 2}, sort=BY_VALUE, limit=2, cursor=other)


def test_a_cursor_that_smuggles_an_operator_is_refused(thirty):
    genuine = thirty.page(thirty.notes, {}, sort=BY_VALUE, limit=2, cursor=None)["next"]
    mark = json.loads(base64.urlsafe_b64decode(genuine + "=="))[0]

    with pytest.raises(Invalid):
        thirty.page(thirty.notes, {}, sort=BY_VALUE, limit=2, cursor=made_up([mark, {"$gt": 0}, "n01"]))
