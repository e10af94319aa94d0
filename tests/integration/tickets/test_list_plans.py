"""Every view and condition of the ticket list is read from an index, in the order of its sort."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from pymongo.database import Database

from services.chassis.settings import Settings
from services.chassis.store import connect, prepare
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.views import View
from services.tickets.domain.words import Box, Channel, Priority
from services.tickets.store import TicketStore
from services.tickets.store.filters import in_view, order_of, within

SORTS = ["created_at", "-created_at", "-updated_at", "-priority"]
CONDITIONS: dict[str, Any] = {
    "id": ["t1"],
    "number": [7],
    "desk": ["support"],
    "group": ["billing", "sales"],
    "assignee": ["alice"],
    "assigned": False,
    "status": [Status.NEW, Status.ON_HOLD],
    "channel": [Channel.MAIL],
    "priority": [Priority.HIGH],
    "tag": ["vip"],
    "title": "請求",
    "customer_id": ["c1"],
}


@pytest.fixture(scope="module")
def store(mongodb_uri: str, databases: str) -> Iterator[TicketStore]:
    """A store of many tickets, written as rows, since only their number matters."""
    database = connect(Settings(mongodb_uri=mongodb_uri, amqp_uri="", database_prefix=f"{databases}_many"), "tickets")
    prepare(database, TicketStore)
    fill(database)
    yield TicketStore(database)
    database.client.close()


def fill(database: Database[dict[str, Any]]) -> None:
    kinds = product(range(20), Box, Status, ["billing", "sales", None], ["alice", None], [1, 2, 3, 4])
    database["tickets"].insert_many(
        {
            "_id": f"t{number}",
            "number": number,
            "box": box,
            "status": status,
            "group": group,
            "assignee": assignee,
            "priority": priority,
            "desk": "support" if number % 3 else "sales",
            "customer": f"c{number % 50}",
            "channel": "mail",
            "title": "請求書",
            "tags": [],
            "created_at": number,
            "updated_at": -number,
            "opened_at": number,
        }
        for number, (_, box, status, group, assignee, priority) in enumerate(kinds)
    )


def stages(plan: dict[str, Any]) -> set[str]:
    """The names of all stages of a plan."""
    inner = [plan["inputStage"]] if "inputStage" in plan else plan.get("inputStages", [])
    return {plan["stage"]}.union(*(stages(each) for each in inner))


def planned(store: TicketStore, filter: dict[str, Any], sort: Any) -> set[str]:
    order = [*sort, ("_id", sort[0][1])]
    explained = store.tickets.rows.collection.find(filter).sort(order).limit(51).explain()
    return stages(explained["queryPlanner"]["winningPlan"])


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("view", View)
def test_every_view_is_read_from_an_index_in_its_order(store: TicketStore, view: View, sort: str):
    filter = in_view(view, agent="alice", groups=["billing", "sales"])

    assert not planned(store, filter, order_of(sort)) & {"COLLSCAN", "SORT"}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_is_read_from_an_index_in_its_order(store: TicketStore, name: str, sort: str):
    filter = within(in_view(View.ALL, agent="alice", groups=[]), {name: CONDITIONS[name]})

    used = planned(store, filter, order_of(sort))

    assert "COLLSCAN" not in used
    assert name in ("id", "number", "customer_id") or "SORT" not in used


@pytest.mark.requirement("R53")
def test_a_customers_tickets_are_read_from_an_index_in_their_order(store: TicketStore):
    assert not planned(store, {"customer": "c1", "created_at": {"$lt": 5}}, [("created_at", -1)]) & {"COLLSCAN", "SORT"}


@pytest.mark.parametrize(
    ("collection", "filter", "sort"),
    [
        ("activities", {"ticket": "t1"}, [("at", 1), ("_id", 1)]),
        ("activities", {"source": "m1"}, None),
        ("events", {"subject": "t1", "sequence": {"$gt": 0}}, [("sequence", 1)]),
        ("tickets", {"customer": "c1", "desk": "d", "status": {"$in": ["new"]}, "box": "main"}, [("opened_at", -1)]),
        ("tickets", {"box": {"$exists": True}, "desk": "support"}, None),
        ("groups", {"members": "alice", "desk": "support"}, None),
        ("customers", {"emails": {"$in": ["a@example.jp"]}}, None),
        ("addresses", {"desk": "support", "_id": {"$nin": ["a@example.jp"]}}, None),
    ],
)
def test_every_other_query_is_read_from_an_index(
    store: TicketStore, collection: str, filter: dict[str, Any], sort: Any
):
    found = store.database[collection].find(filter)

    plan = (found.sort(sort) if sort else found).explain()["queryPlanner"]["winningPlan"]

    assert not stages(plan) & {"COLLSCAN", "SORT"}
