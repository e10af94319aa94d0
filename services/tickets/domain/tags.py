"""Tags: at most 50 code points, and two that only look different are one (R38, R39)."""

import unicodedata
from collections.abc import Iterable

TAG_LENGTH = 50


def tag_key(name: str) -> str:
    """What two names of one tag have in common: NFKC, casefold, trim."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names without those that repeat an earlier one, in their order."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(tag_key(name), name.strip())
    return tuple(found.values())


def retagged(tags: Iterable[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> tuple[str, ...]:
    """The tags with some added and some taken away; what is already there is not added again."""
    gone = {tag_key(name) for name in remove}
    return tuple(name for name in distinct([*tags, *add]) if tag_key(name) not in gone)
