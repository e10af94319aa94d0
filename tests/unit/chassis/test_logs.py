"""A log line is JSON, and says to which call it belongs."""

import json
import logging
import sys

from services.chassis.context import Call, using
from services.chassis.logs import JsonLines


def line(message: str, *args: object, exc_info: object = None) -> dict[str, str]:
    record = logging.LogRecord("services.tickets", logging.WARNING, "", 1, message, args, exc_info)  # type: ignore[arg-type]
    text = JsonLines("tickets").format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def test_a_line_names_its_service_and_the_call_that_it_belongs_to() -> None:
    with using(Call.begin(correlation_id="request-1")):
        written = line("%s is late\nby far", "ticket 1")

    assert (written["service"], written["level"], written["correlation_id"], written["message"]) == (
        "tickets",
        "warning",
        "request-1",
        "ticket 1 is late\nby far",
    )


def test_a_line_outside_of_any_call_has_no_correlation() -> None:
    assert "correlation_id" not in line("started")


def test_an_exception_is_part_of_its_line() -> None:
    try:
        raise ValueError("what it was")
    except ValueError:
        written = line("failed", exc_info=sys.exc_info())

    assert written["exception"].endswith("ValueError: what it was")


def test_what_an_exception_says_within_a_call_stays_out_of_the_log() -> None:
    address = "hanako@example.jp"
    with using(Call.begin()):
        try:
            try:
                raise KeyError(address)
            except KeyError as missing:
                raise ValueError(address) from missing
        except ValueError:
            written = line("failed", exc_info=sys.exc_info())

    trace = written["exception"].splitlines()
    assert (trace.count("KeyError"), trace[-1]) == (1, "ValueError")
    assert "test_logs.py" in written["exception"]
    assert address not in written["exception"]
