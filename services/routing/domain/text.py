"""How text is compared: under NFKC and casefold, so that width and case never matter."""

from unicodedata import normalize


def fold(text: str) -> str:
    """The comparison key of a text."""
    return normalize("NFKC", normalize("NFKC", text).casefold())


def storable(text: str) -> bool:
    """Whether the text has no character that no text may have: NUL, or half of a surrogate pair."""
    return not any(each == "\0" or "\ud800" <= each <= "\udfff" for each in text)


def fold_pattern(pattern: str) -> str:
    """A regular expression as it applies to folded text; no character becomes an operator by being folded."""
    return normalize("NFC", "".join(_letter(each) for each in pattern))


def _letter(character: str) -> str:
    folded = normalize("NFKC", character)
    return folded if all(each.isalnum() or not each.isascii() for each in folded) else character
