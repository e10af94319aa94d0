"""The published contracts are those of the code, are valid, and break no consumer of what was released."""

import json
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.openapi.document import openapi_text
from services.chassis.documents.asyncapi import example_of
from services.chassis.documents.cloud_event import cloud_event_schema
from services.chassis.documents.written import events_documents
from services.chassis.events import Event
from tests.architecture.compatibility import breaks
from tests.architecture.house import ROOT, SERVICES, events

DOCS = ROOT / "docs"
EVENTS = [(service, event) for service in SERVICES for event in events(service).values()]
RELEASED = sorted(path.stem for path in (DOCS / "released").glob("*.json"))
ASYNCAPI = ROOT / "tests" / "architecture" / "standards" / "asyncapi-3.0.0.json"
OPEN = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/docs/{name}"}


@cache
def openapi() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / "openapi.json").read_text(encoding="utf-8"))
    return found


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, each) for path, item in openapi()["paths"].items() for method, each in item.items()]


def parameters(operation: dict[str, Any]) -> set[str]:
    """The names of its shared parameters."""
    return {each["$ref"].rpartition("/")[2] for each in operation["parameters"] if "$ref" in each}


def test_the_committed_api_is_that_of_the_code() -> None:
    assert (DOCS / "openapi.json").read_text(encoding="utf-8") == openapi_text(), "make docs"


def test_the_committed_events_are_those_of_the_code() -> None:
    made = events_documents()

    committed = {path: (DOCS / path).read_text(encoding="utf-8") for path in made if (DOCS / path).exists()}

    assert {path for path in made if committed.get(path) != made[path]} == set(), "make docs"
    assert {f"schemas/{path.name}" for path in (DOCS / "schemas").iterdir()} <= made.keys(), "make docs"


def test_the_api_is_valid_openapi() -> None:
    assert [str(error) for error in OpenAPIV31SpecValidator(openapi()).iter_errors()] == []


def test_the_events_are_valid_asyncapi() -> None:
    document = yaml.safe_load((DOCS / "asyncapi.yaml").read_text(encoding="utf-8"))

    found = Draft7Validator(json.loads(ASYNCAPI.read_text(encoding="utf-8"))).iter_errors(document)

    assert [f"{error.json_path}: {error.message[:200]}" for error in found] == []
    assert document["channels"].keys() == {event.type for _, event in EVENTS}


def test_every_reference_of_the_events_leads_somewhere() -> None:
    text = (DOCS / "asyncapi.yaml").read_text(encoding="utf-8")
    files = {line.partition("$ref: ")[2].strip("'") for line in text.splitlines() if "$ref: ./" in line}

    assert len(files) > len(EVENTS)
    assert {file for file in files if not (DOCS / file).is_file()} == set()


@pytest.mark.parametrize(("service", "event"), EVENTS, ids=lambda each: getattr(each, "type", ""))
def test_an_example_fits_its_schema(service: str, event: type[Event]) -> None:
    schema = event.json_schema()
    whole = example_of(service, event)

    Draft202012Validator.check_schema(schema)

    assert complaints(schema, whole["data"]) == []
    assert complaints(cloud_event_schema(), whole) == []


@pytest.mark.parametrize("type_", RELEASED)
def test_a_released_schema_breaks_no_consumer(type_: str) -> None:
    released = json.loads((DOCS / "released" / f"{type_}.json").read_text(encoding="utf-8"))
    now = DOCS / "schemas" / f"{type_}.json"

    assert now.is_file(), f"{type_} was released, and is gone"
    assert breaks(released, json.loads(now.read_text(encoding="utf-8"))) == []


def test_something_is_released() -> None:
    assert len(RELEASED) > 40


def test_only_what_is_open_to_everybody_needs_no_token() -> None:
    assert {path for path, _, each in operations() if each.get("security") == []} == OPEN


def test_every_operation_says_how_it_fails() -> None:
    silent = [path for path, _, each in operations() if not {"400", "503"} <= each["responses"].keys()]
    unguarded = [path for path, _, each in operations() if path not in OPEN and "401" not in each["responses"]]

    assert (silent, unguarded) == ([], [])


def test_every_operation_that_changes_something_takes_a_key() -> None:
    without = [
        path for path, method, each in operations() if method != "get" and "Idempotency-Key" not in parameters(each)
    ]

    assert without == []


def test_every_patch_names_the_version_that_it_is_based_on() -> None:
    patches = [(path, each) for path, method, each in operations() if method == "patch"]

    unconditional = [path for path, each in patches if "If-Match" not in parameters(each)]
    silent = [path for path, each in patches if not {"412", "428"} <= each["responses"].keys()]
    untagged = [path for path, each in patches if "ETag" not in each["responses"]["200"]["headers"]]

    assert len(patches) > 5
    assert (unconditional, silent, untagged) == ([], [], [])


def complaints(schema: dict[str, Any], value: Any) -> list[str]:
    found = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]
