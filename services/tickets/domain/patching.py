"""JSON merge patches (RFC 7396) over frozen values."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def patched(value: T, changes: Mapping[str, Any]) -> T:
    """The dataclass with `changes` merged in: inner values and maps merge, others are replaced, null is the default."""
    declared = {each.name: each for each in fields(value)}  # type: ignore[arg-type]  # a dataclass
    after = {name: _after(value, declared[name], changes[name]) for name in changes}
    return replace(value, **after)  # type: ignore[type-var]


def merged(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The map with `changes` merged in: null takes a key away."""
    return {name: value for name, value in {**before, **changes}.items() if value is not None}


def _after(value: Any, declared: "Field[Any]", change: Any) -> Any:
    before = getattr(value, declared.name)
    if change is None:
        return _default(declared)
    if isinstance(change, Mapping) and is_dataclass(before):
        return patched(before, change)
    if isinstance(change, Mapping) and isinstance(before, Mapping):
        return merged(before, change)
    return change


def _default(declared: "Field[Any]") -> Any:
    if declared.default_factory is not MISSING:
        return declared.default_factory()
    return None if declared.default is MISSING else declared.default
