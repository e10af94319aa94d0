"""The header fields of a message or part, as bytes, before anything is decoded."""

import re
from dataclasses import dataclass

FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
LINES_AHEAD = 3
BLANK_LINES = re.compile(rb"[ \t]*(?:\r?\n[ \t]*)*\r?\n(?=[!-9;-~]{1,200}[ \t]*:)")


@dataclass(frozen=True)
class Field:
    """One header field: its name in lower case, its value unfolded and undecoded."""

    name: str
    value: bytes


@dataclass(frozen=True)
class Fields:
    """All header fields in their order."""

    all: tuple[Field, ...] = ()

    def first(self, name: str) -> bytes | None:
        return next((field.value for field in self.all if field.name == name), None)

    def every(self, *names: str) -> tuple[bytes, ...]:
        return tuple(field.value for field in self.all if field.name in names)


def split_fields(raw: bytes, start: int, end: int) -> tuple[Fields, int]:
    """The fields that begin at `start`, and the offset at which the body begins.

    A line that is no field ends the header, unless another field follows soon: then it is an envelope line, or a
    sender has forgotten to indent a folded line.
    """
    found: list[tuple[str, list[bytes]]] = []
    at = _first_line(raw, start, end)
    while at < end:
        line, after = _line(raw, at, end)
        if not line.strip(b"\r"):
            return _fields(found), after
        match = FIELD.match(line)
        if line[:1] in b" \t" and found:
            found[-1][1].append(line)
        elif match:
            found.append((match[1].decode("ascii").lower(), [line[match.end() :]]))
        elif not _is_open(found) and not _field_follows(raw, after, end):
            return _fields(found), at
        elif found:
            found[-1][1].append(b" " + line)
        at = after
    return _fields(found), end


def _first_line(raw: bytes, start: int, end: int) -> int:
    """Where the first field begins: a whole message may have blank lines before it, a part may not."""
    blank = BLANK_LINES.match(raw, start, end) if start == 0 else None
    return blank.end() if blank else start


def _is_open(found: list[tuple[str, list[bytes]]]) -> bool:
    """Whether the last field ends in a semicolon, after which a parameter must come."""
    return bool(found) and found[-1][1][-1].rstrip().endswith(b";")


def _field_follows(raw: bytes, at: int, end: int) -> bool:
    for _ in range(LINES_AHEAD):
        line, at = _line(raw, at, end)
        if not line.strip() or FIELD.match(line):
            return bool(line.strip())
    return False


def _line(raw: bytes, at: int, end: int) -> tuple[bytes, int]:
    stop = raw.find(b"\n", at, end)
    if stop < 0:
        return raw[at:end], end
    return raw[at:stop].removesuffix(b"\r"), stop + 1


def _fields(found: list[tuple[str, list[bytes]]]) -> Fields:
    return Fields(tuple(Field(name, b"".join(lines).strip(b" \t\r\n")) for name, lines in found))
