"""Where in the lines of a mail something quoted begins: attributions, separators, copied header blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.mail.domain.quotes.words import LABEL, LABEL_START, SENT, SEPARATOR, WROTE

QUOTE_PREFIX = re.compile(r"^[ \t]{0,3}[>＞》](?![:：])")
ENDS_ATTRIBUTION = re.compile(r"[:：>][*_ \t]*$|-{2,}[ \t]*$|(?:GMT|UTC)[+-]\d\d:?\d\d\b.*$|<[^<>\s]+@[^<>\s]+>[ \t]*$")
VERB = re.compile(WROTE, re.IGNORECASE)
WEAK_VERB = re.compile(SENT, re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+'!#$%&*/=?^`{|}~-]{1,100}@[\w.-]+|<[^<>]{3,}>")
DATE = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}|\d{1,2}[/.-]\d{1,2}|\d{1,2}月\d{1,2}日")
STARTS_WITH_DATE = re.compile(
    r"^\W{0,3}(?:\w{2,12}[.,]{0,2}\s+(?:den\s+)?)?"
    r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\d{1,2}[-/. ]+\s?[\w.]{1,12}[-/., ]+\s?(?:de )?\d{2,4})"
)
TIME = re.compile(r"\d{1,2}[:.時]\d{2}")
ZONED_DATE = re.compile(r"^\d{4}-\d\d-\d\d,? \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:?\d\d \S")
ENDS_SENTENCE = re.compile(r"[.!?。!?]\s*$")
MOST_LINES = 4
LONGEST = 500
HEADER_WINDOW = 9


@dataclass(frozen=True)
class Mark:
    """Lines `start` to `end` (exclusive) that say: what follows is quoted."""

    start: int
    end: int
    attribution: bool


def is_quoted(line: str) -> bool:
    return QUOTE_PREFIX.match(line) is not None


def find_mark(lines: Sequence[str], at: int) -> Mark | None:
    """The first mark that begins at or after line `at`, outside of quoted lines."""
    for number in range(at, len(lines)):
        if is_quoted(lines[number]) or not lines[number].strip():
            continue
        mark = _separator(lines, number) or _header_block(lines, number) or _attribution(lines, number, at)
        if mark:
            return mark
    return None


def _separator(lines: Sequence[str], number: int) -> Mark | None:
    line = lines[number]
    return Mark(number, number + 1, attribution=False) if len(line) < LONGEST and SEPARATOR.search(line) else None


def _header_block(lines: Sequence[str], number: int) -> Mark | None:
    """A copied header block: three different labels in a few lines, one of which is `From`."""
    if not LABEL_START.match(lines[number][:LONGEST]):
        return None
    window = [line[:LONGEST] for line in lines[number : number + HEADER_WINDOW]]
    kinds: set[str] = set()
    last = 0
    for offset, line in enumerate(window):
        found = _labels(line)
        if not line.strip() and kinds:
            break
        if found:
            kinds, last = kinds | found, offset
    if len(kinds) < 3 or "from" not in kinds or not ("to" in kinds or any("@" in line for line in window)):
        return None
    return Mark(_with_rule_above(lines, number), number + last + 1, attribution=False)


@lru_cache(maxsize=64)  # neighbouring windows ask for the same lines
def _labels(line: str) -> frozenset[str]:
    return frozenset(kind for kind, label in LABEL.items() if label.search(line))


def _with_rule_above(lines: Sequence[str], number: int) -> int:
    above = number - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and re.fullmatch(r"\s*[-_=*─━]{3,}\s*", lines[above]) else number


def _attribution(lines: Sequence[str], number: int, at: int) -> Mark | None:
    """Up to four lines that end in line `number` and name who wrote when."""
    if len(lines[number]) > LONGEST or (
        not ENDS_ATTRIBUTION.search(lines[number]) and not VERB.search(lines[number][-30:])
    ):
        return None
    for start in range(number, max(at, number - MOST_LINES + 1) - 1, -1):
        if not lines[start].strip() or is_quoted(lines[start]):
            return None
        text = " ".join(line.strip() for line in lines[start : number + 1])
        if len(text) > LONGEST:
            return None
        if _introduces(text) or (VERB.search(text) and text.rstrip("*_ ").endswith((":", "："))
                                 and _next_is_quoted(lines, number)):  # fmt: skip
            return Mark(_with_date_above(lines, start, at, text), number + 1, attribution=True)
    return None


def _introduces(text: str) -> bool:
    text = text.strip().strip("*_").strip()
    closed = text.endswith((":", "：", "--"))
    dated, addressed = DATE.search(text) is not None, ADDRESS.search(text) is not None
    if VERB.search(text) and (dated or addressed):
        return closed or (VERB.search(text[-25:]) is not None and dated)
    if WEAK_VERB.search(text) and dated and addressed:
        return closed
    if ZONED_DATE.match(text):
        return True
    if not (STARTS_WITH_DATE.match(text) and addressed):
        return False
    return text.endswith(">") or (closed and TIME.search(text) is not None)


def _with_date_above(lines: Sequence[str], start: int, at: int, text: str) -> int:
    """The start, moved up to the date when it stands on a line of its own before the name."""
    for above in range(start - 1, max(at, start - 2) - 1, -1):
        line = lines[above]
        if (
            DATE.search(text)
            or not line.strip()
            or is_quoted(line)
            or ENDS_SENTENCE.search(line)
            or len(line) > LONGEST
        ):
            return start
        if DATE.search(line):
            return above
    return start


def _next_is_quoted(lines: Sequence[str], number: int) -> bool:
    following = next((line for line in lines[number + 1 : number + 5] if line.strip()), "")
    return is_quoted(following)
