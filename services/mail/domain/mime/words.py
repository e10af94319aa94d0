"""Encoded words (RFC 2047) and raw text in header values, as senders really write them."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.mail.domain.characters.charsets import decode, decode_hinted
from services.mail.domain.characters.iso2022jp import is_iso2022jp
from services.mail.domain.characters.labels import codec_of
from services.mail.domain.characters.tidy import one_line

WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,4})\?=")
RAW_RUN = re.compile(rb"=\?[!->@-~]{1,60}\?[bBqQ]\?[ ->@-~]*(?:\?(?!=)[ ->@-~]*){0,4}\?=")
LONGEST_VALUE = 128 * 1024
ENDS_SHIFTED = re.compile(rb".*\x1b(?!\([BJ])[^\x1b]*\Z", re.DOTALL)


@dataclass(frozen=True)
class Word:
    """One encoded word: its charset and the bytes that it carries."""

    charset: str
    encoding: str
    encoded: str

    def carried(self) -> bytes:
        if self.encoding == "b":
            return from_base64(self.encoded.encode("ascii", "ignore"))
        text = self.encoded.removesuffix("=").replace("_", " ").encode("utf-8", "surrogatepass")
        return re.sub(rb"=([0-9A-Fa-f]{2})", lambda match: bytes.fromhex(match[1].decode()), text)


def header_text(value: bytes, charset: str | None = None) -> str:
    """A whole header value as one line of text; `charset` is what raw bytes outside ASCII are likely in."""
    return one_line(decode_words(raw_text(value, charset)))


def raw_text(value: bytes, charset: str | None = None) -> str:
    """The value as text in which the encoded words still stand."""
    value = re.sub(rb"[\r\n]+[ \t]*", b" ", value[:LONGEST_VALUE])
    if value.isascii() and not is_iso2022jp(value):
        return value.decode("ascii")
    pieces, at = [], 0
    for match in RAW_RUN.finditer(value):
        pieces += [decode_hinted(value[at : match.start()], charset), match[0].decode("ascii")]
        at = match.end()
    return "".join([*pieces, decode_hinted(value[at:], charset)])


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; white space between two of them is none."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    run: list[Word] = []
    at = 0
    for match in WORD.finditer(text):
        between = text[at : match.start()]
        if run and between.strip():
            pieces.append(_decode_run(run))
            run = []
        if not run:
            pieces.append(between)
        run.append(Word(match[1].partition("*")[0], match[2].lower(), match[3]))
        at = match.end()
    return "".join([*pieces, _decode_run(run), text[at:]])


def from_base64(encoded: bytes) -> bytes:
    """The bytes of base64 text that may be cut short, badly padded or mixed with other characters."""
    letters = re.sub(rb"[^A-Za-z0-9+/=]", b"", encoded)
    try:
        return binascii.a2b_base64(letters)
    except binascii.Error:
        letters = letters.replace(b"=", b"")
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _decode_run(run: list[Word]) -> str:
    return "".join(decode(data, charset) for charset, data in _joined(_mended(run)))


def _mended(run: list[Word]) -> Iterator[Word]:
    """The words, those of one base64 text that was cut at any place made whole again."""
    pending: Word | None = None
    for word in run:
        if (
            pending
            and pending.encoding == word.encoding == "b"
            and len(pending.encoded) % 4
            and "=" not in pending.encoded
        ):
            pending = replace(pending, encoded=pending.encoded + word.encoded)
            continue
        if pending:
            yield pending
        pending = word
    if pending:
        yield pending


def _joined(words: Iterator[Word]) -> list[tuple[str, bytes]]:
    """The carried bytes, joined where a character or a shift state goes on in the next word."""
    joined: list[tuple[str, bytes]] = []
    for word in words:
        data = word.carried()
        if joined and joined[-1][0].lower() == word.charset.lower() and _goes_on(word.charset, joined[-1][1], data):
            data = joined.pop()[1] + data
        joined.append((word.charset, data))
    return joined


def _goes_on(charset: str, before: bytes, after: bytes) -> bool:
    if codec_of(charset) == "iso2022_jp":
        return ENDS_SHIFTED.match(before) is not None and not after.startswith(b"\x1b")
    return True
