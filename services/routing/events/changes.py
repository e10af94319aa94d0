"""What changed, as events say it."""

from collections.abc import Sequence
from typing import Any


def differences(before: Any, after: Any, names: Sequence[str]) -> dict[str, list[Any]]:
    """{field: [before, after]} of the fields that are not the same; nothing when there was nothing before."""
    pairs = {name: [getattr(each, name) for each in (before, after)] for name in names if before is not None}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
