"""The one place where identifiers are made."""

from ulid import ULID


def new_id() -> str:
    """A ULID: 26 characters, sorted by the millisecond of their making."""
    return str(ULID())
