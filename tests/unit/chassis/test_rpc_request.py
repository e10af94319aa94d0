"""A request as it came: what nobody can read is a fault, and never more than that."""

from types import SimpleNamespace
from typing import Any

import pytest

from services.chassis.context import DEFAULT_SECONDS, Call
from services.chassis.errors import Malformed
from services.chassis.rpc.request import Request


def a_request(**headers: Any) -> Request:
    return Request(SimpleNamespace(properties={}, headers=Call.begin().to_headers() | headers, body=b"{}"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"mdg-deadline": "soon"},
        {"mdg-deadline": "9" * 400},
        {"mdg-actor": "[]"},
        {"mdg-actor": "[" * 100_000},
        {"mdg-actor": '{"kind": "agent", "id": "a", "name": "", "roles": null}'},
        {"mdg-cascade": None},
    ],
)
def test_headers_that_cannot_be_read_are_malformed_and_get_a_short_answering_time(wrong: dict[str, Any]) -> None:
    request = a_request(**wrong)

    with pytest.raises(Malformed):
        _ = request.call
    assert request.seconds_left() == DEFAULT_SECONDS
