"""Reads a condition from what an administrator wrote; every mistake is named by its path."""

from typing import Any

from services.routing.domain.condition import Condition, Every, Not, Some, Test
from services.routing.domain.fields import field_named
from services.routing.domain.operands import problem
from services.routing.domain.operators import Op
from services.routing.domain.problems import Problems

DEEPEST = 8
MOST_CONDITIONS = 100
NEVER = Some(())


def read_condition(raw: Any, path: str, problems: Problems, depth: int = 1) -> Condition:
    """The condition that the JSON value says; where it is wrong, a problem at its path and `NEVER` in its place."""
    if not isinstance(raw, dict):
        return _wrong(problems, path, "It must be an object.")
    if depth > DEEPEST:
        return _wrong(problems, path, f"Conditions go at most {DEEPEST} deep.")
    match sorted(raw):
        case ["all" | "any" as word]:
            return _read_list(word, raw[word], f"{path}.{word}", problems, depth)
        case ["not"]:
            return Not(read_condition(raw["not"], f"{path}.not", problems, depth + 1))
        case ["field", "op"] | ["field", "op", "value"]:
            return _read_test(raw, path, problems)
    return _wrong(problems, path, "It must have `all`, `any`, `not`, or `field`, `op` and `value`.")


def _read_list(word: str, raw: Any, path: str, problems: Problems, depth: int) -> Condition:
    if not isinstance(raw, list) or len(raw) > MOST_CONDITIONS:
        return _wrong(problems, path, f"It must be a list of at most {MOST_CONDITIONS} conditions.")
    if word == "any" and not raw:
        return _wrong(problems, path, "It can never hold: name a condition.")
    children = tuple(read_condition(each, f"{path}.{at}", problems, depth + 1) for at, each in enumerate(raw))
    return Every(children) if word == "all" else Some(children)


def _read_test(raw: dict[str, Any], path: str, problems: Problems) -> Condition:
    field = field_named(raw["field"]) if isinstance(raw["field"], str) else None
    if field is None:
        return _wrong(problems, f"{path}.field", "There is no such field.")
    if raw["op"] == "within":
        return _wrong(problems, f"{path}.op", "`within` needs business hours, and no desk has a calendar yet.")
    if raw["op"] not in tuple(Op):
        return _wrong(problems, f"{path}.op", f"It must be one of {', '.join(Op)}.")
    op, value = Op(raw["op"]), raw.get("value")
    sentence = problem(field, op, value)
    if sentence is not None:
        return _wrong(problems, f"{path}.value", sentence)
    return Test(field, op, tuple(value) if isinstance(value, list) else value)


def _wrong(problems: Problems, path: str, sentence: str) -> Condition:
    problems.add(path, sentence)
    return NEVER
