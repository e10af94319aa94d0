"""The part of a mail's text that its sender wrote for this mail."""

import re

from services.mail.domain.quotes.marks import Mark, find_mark, is_quoted

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
MOST_LINES = 20_000
FOLDED_WIDTH = 60


def reply_text(text: str) -> str:
    """The text without what it quotes; all of it when nothing else would be left.

    A quote below the answer goes with all that follows it; of one that is answered line by line, or from below,
    only the quoted lines go.
    """
    lines = [INVISIBLE.sub("", line).replace("\u00a0", " ").rstrip() for line in text.split("\n")[:MOST_LINES]]
    written = "\n".join(_written(lines))
    written = re.sub(r"\n{3,}", "\n\n", written).strip("\n")
    return written if written.strip() else "\n".join(lines).strip("\n")


def _written(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while mark := find_mark(lines, at):
        kept += _unquoted(lines, at, mark.start)
        at = mark.end
        if _ends_all(mark, lines, kept):
            return kept
    return kept + _unquoted(lines, at, len(lines))


def _ends_all(mark: Mark, lines: list[str], kept: list[str]) -> bool:
    """Whether all that follows the mark is quoted: there is an answer above, and no `>` tells the quote apart."""
    if not any(line.strip() for line in kept):
        return False
    following = next((line for line in lines[mark.end :] if line.strip()), "")
    return not (mark.attribution and is_quoted(following))


def _unquoted(lines: list[str], start: int, end: int) -> list[str]:
    return [lines[at] for at in range(start, end) if not is_quoted(lines[at]) and not _is_torn_off(lines, at)]


def _is_torn_off(lines: list[str], at: int) -> bool:
    """Whether the line is the end of a long quoted line that some program has folded."""
    if not 0 < at < len(lines) - 1 or not lines[at].strip():
        return False
    return is_quoted(lines[at - 1]) and is_quoted(lines[at + 1]) and len(lines[at - 1]) >= FOLDED_WIDTH
