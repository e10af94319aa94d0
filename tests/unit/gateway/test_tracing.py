import pytest

from gateway.http.tracing import request_id, traceparent

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize("given", ["abc", "01JD9V3K5T6M8Q2R4S6T8V0W2X", "x" * 128, "a/b:c;d"])
def test_a_sane_request_id_is_taken(given):
    assert request_id(given) == given


@pytest.mark.parametrize("given", [None, "", "x" * 129, "two words", "tab\there", "é", "a\n"])
def test_any_other_request_id_is_replaced_by_a_new_one(given):
    made = {request_id(given), request_id(given)}

    assert len(made) == 2
    assert given not in made


def test_a_traceparent_is_passed_on():
    assert traceparent(TRACE) == TRACE


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "",
        TRACE.upper(),
        TRACE + "-x",
        TRACE.replace("00-", "ff-", 1),
        TRACE.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32),
        TRACE.replace("00f067aa0ba902b7", "0" * 16),
    ],
)
def test_a_broken_traceparent_is_dropped(broken):
    assert traceparent(broken) is None
