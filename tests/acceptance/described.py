"""A client that believes docs/openapi.json: every answer must be one that the document describes."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from tests.acceptance.desk import Agent

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
NAME = re.compile(r"\{[a-z]+\}")


@dataclass(frozen=True)
class Reader(Agent):
    """Somebody who reads the document."""

    def send(self, method: str, path: str, **options: Any) -> Any:
        """The answer, once it was compared."""
        answer = super().send(method, path, **options)
        said = described(method.lower(), path.partition("?")[0])["responses"]
        assert str(answer.status_code) in said, (
            f"{method} {path} never answers {answer.status_code}: {answer.text[:500]}"
        )
        told = resolved(said[str(answer.status_code)])
        absent = [name for name in told.get("headers", {}) if name in ALWAYS and name not in answer.headers]
        assert absent == [], f"{method} {path} must have {absent}"
        if answer.content:
            media = answer.headers["Content-Type"].partition(";")[0]
            assert media in told["content"], f"{method} {path} answers {media}"
            wrong = complaints(told["content"][media]["schema"], answer.json())
            assert wrong == [], f"{method} {path} {answer.status_code}: {wrong}"
        return answer


ALWAYS = {"X-Request-ID", "ETag", "Location"}


@cache
def document() -> dict[str, Any]:
    """The committed document."""
    found: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def described(method: str, path: str) -> dict[str, Any]:
    """The operation of an address; one without names in braces goes before one with."""
    fitting = [each for each in document()["paths"] if re.fullmatch(NAME.sub("[^/]+", each), path)]
    operation: dict[str, Any] = document()["paths"][min(fitting, key=lambda each: each.count("{"))][method]
    return operation


def resolved(response: dict[str, Any]) -> dict[str, Any]:
    """A response, where it stands."""
    if "$ref" not in response:
        return response
    found: dict[str, Any] = document()["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return found


def complaints(schema: dict[str, Any], value: Any) -> list[str]:
    """Where a value is not as the schema says."""
    whole = schema | {"components": document()["components"]}
    found = Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(value)
    return [f"{error.json_path}: {error.message[:300]}" for error in found]
