import random
import signal
import string

import pytest

from services.chassis.ids import new_id
from tests.integration.gateway.test_conventions import problem_of


@pytest.fixture
def desk(street):
    """The id of a desk that is there, at version 1."""
    id = new_id().lower()
    street.client.post("/v1/desks", json={"id": id}).raise_for_status()
    return id


def test_a_creation_goes_through_and_is_found_again(street):
    made = street.client.post("/v1/desks", json={"id": "billing"})
    found = street.client.get(made.headers["Location"])

    assert (made.status_code, made.json()) == (201, {"id": "billing", "value": 0, "version": 1})
    assert (found.json(), found.headers["ETag"]) == (made.json(), '"1"')


def test_what_does_not_exist_is_not_found(street):
    assert problem_of(street.client.get("/v1/desks/nobody")) == (404, "not_found")


def test_an_id_that_no_service_can_take_is_not_found(street):
    assert problem_of(street.client.get(f"/v1/desks/{'x' * 300}")) == (404, "not_found")


def test_a_change_is_based_on_a_version(street, desk):
    changed = street.client.patch(f"/v1/desks/{desk}", json={}, headers={"If-Match": '"1"'})

    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')


@pytest.mark.requirement("R34", "R35")
@pytest.mark.parametrize("tag", ['"1"', 'W/"2"', '"other"'])
def test_a_change_of_something_older_is_refused_with_what_is_there_now(street, desk, tag):
    street.client.patch(f"/v1/desks/{desk}", json={}, headers={"If-Match": '"1"'}).raise_for_status()

    refused = street.client.patch(f"/v1/desks/{desk}", json={}, headers={"If-Match": tag})

    assert problem_of(refused) == (412, "stale")
    assert refused.json()["current"] == {"id": desk, "value": 1, "version": 2}


def test_unknown_fields_are_refused(street):
    response = street.client.post("/v1/desks", json={"id": "x", "colour": "red", "service": 1, "self": 2})

    assert problem_of(response) == (422, "invalid")
    assert response.json()["errors"].keys() == {"colour", "service", "self"}


def test_the_same_key_answers_the_first_result_again(street):
    headers, body = {"Idempotency-Key": new_id()}, {"id": new_id().lower()}
    first, again = (street.client.post("/v1/desks", json=body, headers=headers) for _ in range(2))

    assert (again.status_code, again.json(), again.headers["Location"]) == (
        first.status_code,
        first.json(),
        first.headers["Location"],
    )
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"


def test_the_same_key_for_something_else_is_refused(street):
    headers = {"Idempotency-Key": new_id()}
    street.client.post("/v1/desks", json={"id": new_id().lower()}, headers=headers).raise_for_status()

    refused = street.client.post("/v1/desks", json={"id": new_id().lower()}, headers=headers)

    assert problem_of(refused) == (422, "idempotency_key_reused")


def test_the_same_key_of_somebody_else_is_another_key(street):
    headers = {"Idempotency-Key": new_id()}
    street.client.post("/v1/desks", json={"id": new_id().lower()}, headers=headers).raise_for_status()

    other = street.client.signed_in(sub="bob").post("/v1/desks", json={"id": new_id().lower()}, headers=headers)

    assert other.status_code == 201


def test_a_list_is_walked_by_its_links(street):
    made = {new_id().lower() for _ in range(5)}
    for id in made:
        street.client.post("/v1/desks", json={"id": id}).raise_for_status()
    seen, path = [], "/v1/desks?limit=2"
    while path:
        page = street.client.get(path)
        seen += [item["id"] for item in page.json()["items"]]
        path = page.links.get("next", {}).get("url")

    assert made <= set(seen)
    assert len(seen) == len(set(seen))


def test_a_made_up_cursor_is_refused(street):
    assert problem_of(street.client.get("/v1/desks?cursor=nonsense")) == (422, "unknown_cursor")


def test_an_own_mistake_of_a_service_is_a_problem_that_tells_no_secret(street):
    response = street.client.get("/v1/tickets/poison")

    assert problem_of(response) == (500, "internal")
    assert "secret" not in response.text


def test_a_body_too_large_for_the_bus_arrives_all_the_same(street):
    name = "".join(random.choices(string.printable, k=900_000))  # hardly to be compressed

    assert street.client.post("/v1/desks", json={"id": new_id().lower(), "name": name}).status_code == 201


def test_readiness_names_what_is_missing(street):
    response = street.client.get("/readyz", headers={"Authorization": ""})

    assert response.status_code == 503
    assert response.json()["ready"] is False
    checks = response.json()["checks"]
    assert {name for name, answer in checks.items() if answer == "ok"} == {"broker", "tickets", "mail", "presence"}
    assert checks.keys() - {"broker", "tickets", "mail", "presence"} == {"customers", "routing"}


def test_what_is_counted_is_open(street):
    metrics = street.client.get("/metrics", headers={"Authorization": ""})

    assert 'madoguchi_http_requests_total{method="GET",route="/v1/desks",status="200"}' in metrics.text


def test_a_service_that_is_not_there_is_unavailable_and_not_waited_for(street):
    response = street.client.get("/v1/customers/anybody", timeout=5)

    assert problem_of(response) == (503, "unavailable")
    assert response.headers["Retry-After"] == "1"


def test_a_service_that_stands_still_is_unavailable_and_serves_again_when_it_goes_on(street, desk):
    tickets = street.services["tickets"].process
    tickets.send_signal(signal.SIGSTOP)
    try:
        standing = street.client.get(f"/v1/desks/{desk}", timeout=5)
    finally:
        tickets.send_signal(signal.SIGCONT)
    street.wait_served()

    assert problem_of(standing) == (503, "unavailable")


def test_events_are_asked_of_a_service_that_must_be_named(street):
    response = street.client.get("/v1/events")

    assert problem_of(response) == (422, "invalid")
    assert list(response.json()["errors"]) == ["service"]


@pytest.mark.parametrize(
    ("after", "problem"), [("nonsense", (422, "unknown_cursor")), ("7-00000000000000000001", (410, "cursor_gone"))]
)
def test_events_behind_a_position_that_is_not_there_are_refused(street, after, problem):
    assert problem_of(street.client.get(f"/v1/events?service=tickets&after={after}")) == problem


def test_events_are_a_list_like_any_other(street):
    page = street.client.get("/v1/events?service=tickets&types=counter.raised&limit=5")

    assert page.json().keys() == {"items", "next"}
