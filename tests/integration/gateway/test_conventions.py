import re

import pytest

from tests.probes.gateways import Client, a_token

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def problem_of(response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    document = response.json()
    assert document["status"] == response.status_code
    assert document["type"] == f"urn:madoguchi:problem:{document['code']}"
    assert "Traceback" not in response.text
    return response.status_code, document["code"]


def test_what_is_made_has_a_location_and_a_version(window):
    response = window.post("/v1/things", json={"title": "請求書"})

    assert (response.status_code, response.json()["fields"]) == (201, {"title": "請求書"})
    assert (response.headers["Location"], response.headers["ETag"]) == ("/v1/things/t1", '"1"')


def test_a_resource_has_its_version_as_entity_tag(window):
    response = window.get("/v1/things/a")

    assert (response.status_code, response.headers["ETag"]) == (200, '"7"')
    assert (response.headers["Cache-Control"], response.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_a_list_links_to_its_next_page(window):
    response = window.get("/v1/things?status=new&status=solved&view=all&limit=2")

    assert response.json()["items"] == [{"status": ["new", "solved"], "view": "all", "limit": 2}]
    assert response.headers["Link"] == ('</v1/things?status=new&status=solved&view=all&limit=2&cursor=c2>; rel="next"')


def test_the_last_page_links_nowhere(window):
    response = window.get("/v1/pages?cursor=c2")

    assert response.json() == {"items": [{"cursor": "c2", "limit": 50}], "next": None}
    assert "Link" not in response.headers


def test_a_patch_needs_the_version_that_it_is_based_on(window):
    response = window.patch("/v1/things/a", json={"title": "x"})

    assert problem_of(response) == (428, "precondition_required")


def test_a_patch_goes_on_as_changes_of_a_version(window):
    response = window.patch("/v1/things/a", json={"title": None, "id": "b"}, headers={"If-Match": '"7"'})

    assert response.json() == {"id": "a", "if_version": 7, "changes": {"title": None, "id": "b"}}


@pytest.mark.parametrize(("headers", "condition"), [({}, {}), ({"If-Match": '"3"'}, {"if_version": 3})])
def test_an_action_may_have_a_condition(window, headers, condition):
    response = window.post("/v1/things/a/solve", headers=headers)

    assert response.json() == {"id": "a", **condition}


def test_nothing_to_say_is_no_content(window):
    response = window.delete("/v1/things/a")

    assert (response.status_code, response.content) == (204, b"")


def test_a_fault_of_the_business_is_a_problem_with_its_facts(window):
    response = window.post("/v1/things/a/refuse")

    assert problem_of(response) == (409, "conflict")
    assert response.json()["holder"] == "bob"


def test_an_id_that_nothing_can_have_is_not_found(window):
    assert problem_of(window.get("/v1/things/a/measured")) == (404, "not_found")


def test_our_own_mistake_is_a_problem_that_tells_no_secret(window):
    response = window.post("/v1/broken")

    assert problem_of(response) == (500, "internal")
    assert "secret" not in response.text


@pytest.mark.parametrize("field", ["id", "if_version", "changes"])
def test_a_body_cannot_give_what_the_path_and_the_headers_give(window, field):
    response = window.post("/v1/things/a/solve", json={field: "b"})

    assert problem_of(response) == (422, "invalid")
    assert response.json()["errors"] == {field: ["Unknown field."]}


def test_who_calls_and_why_travels_with_the_call(window):
    headers = {"X-Request-ID": "r-1", "traceparent": TRACE, "Idempotency-Key": "k-1"}
    call = window.post("/v1/calls", headers=headers).json()

    assert call["actor"] == {"kind": "agent", "id": "alice", "name": "Alice", "roles": ["agent"]}
    assert (call["correlation_id"], call["traceparent"], call["idempotency_key"]) == ("r-1", TRACE, "k-1")
    assert call["strict"] is True
    assert 0 < call["remaining"] <= 4


def test_a_client_without_a_key_gets_a_new_one_each_time(window):
    keys = {window.post("/v1/calls").json()["idempotency_key"] for _ in range(2)}

    assert len(keys) == 2
    assert None not in keys


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "\xe9"])
def test_a_key_that_cannot_be_kept_is_malformed(window, key):
    response = window.post("/v1/calls", headers={"Idempotency-Key": key.encode("latin-1")})

    assert problem_of(response) == (400, "malformed")


@pytest.mark.parametrize("path", ["/v1/things/a", "/nothing", "/open"])
def test_the_request_id_is_answered_everywhere(window, path):
    assert window.get(path, headers={"X-Request-ID": "mine"}).headers["X-Request-ID"] == "mine"


def test_a_request_without_an_id_gets_one(window):
    assert re.fullmatch("[0-9A-Z]{26}", window.get("/v1/things/a").headers["X-Request-ID"])


def test_an_unknown_path_is_a_problem(window):
    assert problem_of(window.get("/v1/nothing")) == (404, "not_found")


@pytest.mark.parametrize("path", ["/v1//things", "/v1/things/", "/V1/things", "/v1/things/a/b/c"])
def test_an_address_is_exactly_what_it_is(window, path):
    assert problem_of(window.get(path)) == (404, "not_found")


@pytest.mark.parametrize("method", ["PUT", "TRACE", "FOO"])
def test_another_method_is_a_problem_that_says_which_are_allowed(window, method):
    response = window.request(method, "/v1/things")

    assert problem_of(response) == (405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_options_says_what_is_allowed_to_anybody(window):
    response = window.options("/v1/things", headers={"Authorization": ""})

    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")


def test_head_is_get_without_the_body(window):
    got, headed = window.get("/v1/things/a"), window.head("/v1/things/a")

    assert (headed.status_code, headed.content) == (200, b"")
    assert (headed.headers["ETag"], headed.headers["Content-Length"]) == ('"7"', got.headers["Content-Length"])


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer garbage",
        "Basic YWxpY2U6",
        f"Bearer {a_token(secret='another secret of thirty-two bytes!!')}",
        f"Bearer {a_token(seconds=-1)}",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
    ],
)
def test_without_a_token_that_counts_nobody_is_let_in(window, header):
    response = window.get("/v1/things/a", headers={"Authorization": header})

    assert problem_of(response) == (401, "unauthenticated")
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")


def test_an_open_endpoint_needs_no_token(window):
    response = window.get("/open", headers={"Authorization": "Bearer garbage"})

    assert response.json() == {"actor": "system/madoguchi"}


def test_the_door_itself_asks_for_a_role_where_it_is_told_to(window: Client):
    refused, let_in = window.post("/v1/connectors"), window.signed_in("service").post("/v1/connectors")

    assert problem_of(refused) == (403, "forbidden")
    assert let_in.status_code == 200
