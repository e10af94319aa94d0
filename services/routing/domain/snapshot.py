"""What one pass sees: a ticket, its customer and its mail at one instant, folded once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from services.routing.domain.fields import field_named
from services.routing.domain.operators import folded


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Values by field name as they were found, the same as they are compared, and the names of what changed."""

    values: Mapping[str, Any]
    keys: Mapping[str, Any]
    changed: frozenset[str]

    @classmethod
    def of(cls, values: Mapping[str, Any], changed: Iterable[str] = ()) -> Self:
        """The snapshot of these values; names that no condition can have are left alone."""
        keys = {name: folded(field, value) for name, value in values.items() if (field := field_named(name))}
        return cls(values=values, keys=keys, changed=frozenset(changed))


def changed_names(changed: Mapping[str, Any]) -> frozenset[str]:
    """The names of the fields in an event's {field: [before, after]}, those inside of maps included."""
    names = set(changed)
    for name, (before, after) in changed.items():
        if isinstance(before, Mapping) or isinstance(after, Mapping):
            before, after = before or {}, after or {}
            names |= {f"{name}.{key}" for key in {*before, *after} if before.get(key) != after.get(key)}
    return frozenset(names)
