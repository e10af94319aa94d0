"""The tree of parts of a message, found by one search for each boundary.

The standard library's parser needs ten seconds and a gigabyte for 30 MB of short lines, and loops over all
open boundaries for each line; this one only looks for delimiters, so its time is linear for each level, and
levels are bounded. Content below the bound is kept as it is, in one part.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from services.mail.domain.mime.fields import Fields, split_fields
from services.mail.domain.mime.parameters import Parameterised, parse_parameters
from services.mail.domain.mime.transfer import undo_transfer_encoding

DEEPEST = 50
MOST_PARTS = 2_000
EVIDENT_BOUNDARY = re.compile(rb"^(--[^\r\n]{1,200})\r?\n(?=content-[a-z-]{2,30}:)", re.IGNORECASE | re.MULTILINE)
PLAIN = Parameterised("text/plain")


@dataclass(frozen=True)
class Part:
    """One part: its header fields, its media type, and either its children or its undecoded body."""

    fields: Fields
    media: Parameterised
    body: bytes = b""
    children: tuple["Part", ...] = ()

    @property
    def type(self) -> str:
        return self.media.value

    @property
    def main_type(self) -> str:
        return self.type.partition("/")[0]

    @cached_property
    def disposition(self) -> Parameterised:
        return parse_parameters(self.fields.first("content-disposition") or b"", self.media.get("charset"))

    @cached_property
    def content(self) -> bytes:
        encoding = self.fields.first("content-transfer-encoding") or b""
        return undo_transfer_encoding(self.body, encoding.decode("ascii", "ignore").split(";")[0])

    def walk(self) -> list["Part"]:
        """This part and all below it, in the order of the message."""
        found, waiting = [], [self]
        while waiting:
            part = waiting.pop()
            found.append(part)
            waiting.extend(reversed(part.children))
        return found


def parse_part(raw: bytes) -> Part:
    """The whole message as a tree."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return _part(raw, 0, len(raw), PLAIN, depth=0)


def _part(raw: bytes, start: int, end: int, default: Parameterised, depth: int) -> Part:
    fields, body = split_fields(raw, start, end)
    media = _media(fields, default)
    boundary = (media.get("boundary") or "").encode("utf-8").rstrip()
    if not media.value.startswith("multipart/"):
        return Part(fields, media, body=raw[body:end])
    spans = _spans(raw, body, end, boundary) if depth < DEEPEST else []
    if not spans:
        return Part(fields, PLAIN if depth < DEEPEST else media, body=raw[body:end])
    inner = Parameterised("message/rfc822") if media.value == "multipart/digest" else PLAIN
    return Part(fields, media, children=tuple(_part(raw, *span, inner, depth + 1) for span in spans))


def _media(fields: Fields, default: Parameterised) -> Parameterised:
    given = fields.first("content-type")
    if given is None:
        return default
    media = parse_parameters(given)
    if "/" in media.value:
        return Parameterised("".join(media.value.split()), media.parameters)
    return Parameterised(LAME_TYPES.get(media.value, PLAIN.value), media.parameters)


LAME_TYPES = {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}


def _spans(raw: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """The parts between the declared boundary, else between what evidently is used as one."""
    spans = _between(raw, start, end, b"--" + boundary) if boundary else []
    used = None if spans else EVIDENT_BOUNDARY.search(raw, start, end)
    return _between(raw, start, end, used[1].rstrip()) if used else spans


def _between(raw: bytes, start: int, end: int, delimiter: bytes) -> list[tuple[int, int]]:
    """The spans between the delimiter lines; a missing last one is the end of the part."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    at = raw.find(delimiter, start, end)
    while at >= 0 and len(spans) < MOST_PARTS:
        after = at + len(delimiter)
        stop = raw.find(b"\n", after, end)
        stop = end if stop < 0 else stop
        tail = raw[after : min(stop, after + 100)].rstrip()
        if (at == start or raw[at - 1 : at] == b"\n") and tail in {b"", b"--"}:
            if opened is not None:
                spans.append((opened, _without_line_end(raw, opened, at)))
            opened = None if tail else min(stop + 1, end)
            if tail:
                return spans
        at = raw.find(delimiter, after, end)
    if opened is not None:
        spans.append((opened, end))
    return spans


def _without_line_end(raw: bytes, start: int, at: int) -> int:
    at = at - 1 if raw[at - 1 : at] == b"\n" and at > start else at
    return at - 1 if raw[at - 1 : at] == b"\r" and at > start else at
