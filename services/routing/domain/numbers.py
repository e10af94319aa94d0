"""Which numbers may be compared and kept: those that every reader of JSON understands alike."""

from typing import Any

LARGEST = 2**53 - 1


def is_number(value: Any) -> bool:
    """Whether the value is a number within the range in which whole ones are exact (RFC 8259, 6)."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
