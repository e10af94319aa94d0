"""Titles and descriptions that are cut from longer text, at the edge of what a reader sees as one character."""

import regex

NO_SUBJECT = "(no subject)"
TITLE_LENGTH = 255
DESCRIPTION_LENGTH = 2000

_GRAPHEME = regex.compile(r"\X")  # UAX 29, extended grapheme clusters
_VISIBLE = regex.compile(r"[^\p{M}\p{Z}\p{C}]")


def title_of(subject: str) -> str:
    """A mail's subject as a title: never empty, at most 255 code points."""
    line = " ".join(subject.split())
    return cut(line, TITLE_LENGTH) if visible(line) else NO_SUBJECT


def description_of(text: str) -> str:
    """The beginning of a long text, at most 2,000 code points."""
    return cut(text.strip(), DESCRIPTION_LENGTH)


def visible(text: str) -> bool:
    """Whether there is anything to see in it: a mark alone, a space or a control character is nothing."""
    return _VISIBLE.search(text) is not None


def cut(text: str, length: int) -> str:
    """At most `length` code points, no grapheme torn; one that alone is longer is torn all the same."""
    if len(text) <= length:
        return text
    end = 0
    for grapheme in _GRAPHEME.finditer(text):
        if grapheme.end() > length:
            break
        end = grapheme.end()
    return text[: end or length]
