"""Header fields written by RFC 5322 and RFC 2047: encoded where needed, folded, and without room for injection."""

import base64
import re
from collections.abc import Iterable

from services.mail.domain.mime.addresses import Address
from services.mail.errors import BrokenHeader, UnsendableAddress

LONGEST_LINE = 76
LONGEST_WORD_BYTES = 36
ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@" + rf"{LABEL}(?:\.{LABEL})*")
BREAKS = re.compile(r"[\r\n\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def one_line_only(field: str, value: str) -> str:
    """The value, refused when it holds a line break or NUL.

    Raises BrokenHeader.
    """
    if BREAKS.search(value):
        raise BrokenHeader(field)
    return value


def text_field(name: str, text: str, charset: str) -> str:
    """A field of free text."""
    text = one_line_only(name, text)
    plain = text.isascii() and "=?" not in text and all(len(word) < LONGEST_LINE for word in text.split(" "))
    return folded(name, text.split(" ") if plain else encoded_words(text, charset))


def address_field(name: str, addresses: Iterable[Address], charset: str) -> str:
    """A field of addresses with their names."""
    written = [_written(name, address, charset) for address in addresses]
    words = [word for entry in written[:-1] for word in (*entry[:-1], f"{entry[-1]},")]
    return folded(name, [*words, *(written[-1] if written else [])])


def identifier_field(name: str, identifiers: Iterable[str]) -> str:
    """A field of message identifiers."""
    return folded(name, [f"<{_identifier(name, identifier)}>" for identifier in identifiers])


def folded(name: str, words: Iterable[str]) -> str:
    """The field with its words spread over lines of at most 76 characters, where words allow it."""
    lines, line = [], f"{name}:"
    for word in words:
        if len(line) + 1 + len(word) > LONGEST_LINE and line.strip() and not line.endswith(":"):
            lines.append(line)
            line = ""
        line += f" {word}"
    return "\r\n".join([*lines, line])


def encoded_words(text: str, charset: str) -> list[str]:
    """The text as encoded words, each complete in itself and short enough for a line."""
    words, chunk = [], ""
    for character in text:
        if chunk and len((chunk + character).encode(charset)) > LONGEST_WORD_BYTES:
            words.append(_encoded_word(chunk, charset))
            chunk = ""
        chunk += character
    return [*words, _encoded_word(chunk, charset)] if chunk else words


def _encoded_word(text: str, charset: str) -> str:
    return f"=?{charset.upper()}?B?{base64.b64encode(text.encode(charset)).decode('ascii')}?="


def _written(field: str, address: Address, charset: str) -> list[str]:
    plain = sendable(field, address.address)
    name = one_line_only(field, address.name).strip()
    if not name:
        return [plain]
    return [*_phrase(name, charset), f"<{plain}>"]


def _phrase(name: str, charset: str) -> list[str]:
    if not name.isascii() or "=?" in name or len(name) > LONGEST_LINE - 2:
        return encoded_words(name, charset)
    if ATOM.fullmatch(name):
        return name.split(" ")
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return [f'"{escaped}"']


def sendable(field: str, address: str) -> str:
    """The address as it is written on the wire, its domain in ASCII.

    Raises BrokenHeader or UnsendableAddress.
    """
    local, _, domain = one_line_only(field, address).strip().rpartition("@")
    try:
        wired = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise UnsendableAddress(field, address) from None
    if not ADDRESS.fullmatch(wired) or local.startswith(".") or local.endswith(".") or ".." in wired:
        raise UnsendableAddress(field, address)
    return wired


def _identifier(field: str, identifier: str) -> str:
    if re.search(r"[\s<>]|[^\x21-\x7e]", identifier) or not identifier:
        raise BrokenHeader(field)
    return identifier
