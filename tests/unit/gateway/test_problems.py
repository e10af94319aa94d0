import pytest

from gateway.errors import MethodNotAllowed
from gateway.http.problems import STATUS, problem, refusal
from services.chassis.errors import KINDS, Conflict, Invalid, NotFound, Stale, Unauthenticated, Unavailable


class AlreadyTaken(Conflict):
    code = "already_taken"


def test_every_kind_of_fault_has_a_status():
    assert KINDS.keys() <= STATUS.keys()


def test_a_problem_says_what_happened_and_with_what():
    document = problem(AlreadyTaken("Ticket 7 is already with bob.", by="bob"))

    assert document == {
        "type": "urn:madoguchi:problem:already_taken",
        "title": "Not possible in this state",
        "status": 409,
        "detail": "Ticket 7 is already with bob.",
        "code": "already_taken",
        "by": "bob",
    }


def test_an_invalid_field_is_named():
    document = problem(Invalid("Wrong.", errors={"title": ["Too long."]}))

    assert (document["status"], document["errors"]) == (422, {"title": ["Too long."]})


def test_facts_never_replace_what_the_standard_names():
    document = problem(NotFound("No such ticket.", status="merged", code="other", type="x"))

    assert (document["status"], document["code"]) == (404, "not_found")


@pytest.mark.requirement("R35")
def test_what_was_changed_meanwhile_comes_with_the_refusal():
    fault = Stale("It was changed.")
    fault.current = {"id": "7", "version": 3}

    assert problem(fault)["current"] == {"id": "7", "version": 3}


@pytest.mark.parametrize(
    ("fault", "header", "value"),
    [
        (Unauthenticated("Who?"), "WWW-Authenticate", 'Bearer realm="madoguchi", error="invalid_token"'),
        (Unavailable("Down."), "Retry-After", "1"),
        (MethodNotAllowed("No.", allow=["GET", "POST"]), "Allow", "GET, POST"),
    ],
)
def test_a_status_brings_the_header_that_it_demands(fault, header, value):
    assert refusal(fault).headers[header] == value


def test_our_own_mistake_says_nothing_about_itself():
    response = refusal(KeyError("secret of the house"))

    assert response.status_code == 500
    assert response.content_type == "application/problem+json"
    assert b"secret" not in response.data
    assert b"KeyError" not in response.data


def test_a_problem_with_odd_text_can_still_be_written():
    assert refusal(NotFound("nothing at \ud800")).status_code == 404


def test_a_wrong_field_of_a_patch_is_named_as_the_client_wrote_it():
    fault = Invalid("wrong", errors={"changes.title": ["too long"], "changes_of_mind": ["odd"]})

    assert problem(fault)["errors"] == {"title": ["too long"], "changes_of_mind": ["odd"]}


def test_a_wrong_field_of_a_patch_is_named_as_the_client_named_it():
    document = problem(Invalid("Wrong.", errors={"changes.customer_fields.age": ["Too long."]}))

    assert document["errors"] == {"customer_fields.age": ["Too long."]}


def test_a_problem_is_readable_in_any_language():
    assert "窓口".encode() in refusal(NotFound("窓口がありません")).data
