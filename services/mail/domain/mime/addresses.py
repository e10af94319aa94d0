"""Address lists (RFC 5322), and the forms that break its rules but are clear to a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.mail.domain.characters.tidy import one_line
from services.mail.domain.mime.words import decode_words, raw_text

TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)"
    r"|\"(?P<quoted>(?:\\.|[^\"\\])*)(?:\"|\Z)"
    r"|\((?P<comment>(?:\\.|[^()\\])*)(?:\)|\Z)"
    r"|<(?P<angle>[^<>]*)(?:>|\Z)"
    r"|(?P<stop>[,;])|(?P<group>:)"
    r"|(?P<space>\s+)|(?P<text>[^\s,;:<>()\"=]+|.)",
    re.DOTALL,
)
LOCAL_AND_DOMAIN = re.compile(r"[^\s<>,;:\"()\[\]]{1,100}@[^\s<>,;:\"()]{1,255}")
MOST_ADDRESSES = 10_000


@dataclass(frozen=True)
class Address:
    """A mail address and the name that its owner gave it."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """What two spellings of one address have in common."""
        return self.address.casefold()


def parse_addresses(value: bytes, charset: str | None = None) -> tuple[Address, ...]:
    """Every address of a header value in its order, groups opened; what holds no address is left out."""
    found = [address for entry in _entries(raw_text(value, charset)) if (address := _address(entry))]
    return tuple(found[:MOST_ADDRESSES])


def parse_author(values: Iterable[bytes], charset: str | None = None) -> Address | None:
    """The first address of the From fields; a name without any address is kept as one."""
    texts = [value for value in values if value]
    for value in texts:
        if found := parse_addresses(value, charset):
            return found[0]
    name = one_line(decode_words(raw_text(texts[0], charset))).strip("<>\"' ") if texts else ""
    return Address("", name) if name else None


def _entries(text: str) -> list[list[re.Match[str]]]:
    entries: list[list[re.Match[str]]] = [[]]
    for token in TOKEN.finditer(text):
        if token["stop"]:
            entries.append([])
        elif token["group"] and not any(seen["angle"] or "@" in seen[0] for seen in entries[-1]):
            entries[-1] = []
        else:
            entries[-1].append(token)
    return entries


def _address(tokens: list[re.Match[str]]) -> Address | None:
    angles = [token["angle"] for token in tokens if token["angle"]]
    if angles:
        address = _plain(angles[-1])
        if address:
            return Address(address, _phrase([token for token in tokens if token["angle"] is None]))
    return _bare(tokens)


def _bare(tokens: list[re.Match[str]]) -> Address | None:
    """An address without angle brackets, its name in a comment or around it."""
    text = "".join(token[0] for token in tokens if token["comment"] is None).strip()
    comments = " ".join(token["comment"] for token in tokens if token["comment"])
    found = LOCAL_AND_DOMAIN.search(text) or LOCAL_AND_DOMAIN.search(decode_words(text))
    if found:
        name = comments or re.sub("[<>]", " ", found.string.replace(found[0], " "))
        return Address(_plain(found[0]), _unquoted(name).strip('" '))
    quoted = re.fullmatch(r'("(?:\\.|[^"\\])*"@\S+)', text)
    return Address(one_line(quoted[1]), _unquoted(comments)) if quoted else None


def _plain(address: str) -> str:
    address = _unquoted(address).strip(", ").removeprefix("mailto:")
    routed = re.fullmatch(r"@[^:]*:(.*)", address)
    address = routed[1] if routed else address
    return address.replace(" ", "") if "@" in address and not address.startswith('"') else address


def _phrase(tokens: list[re.Match[str]]) -> str:
    spoken = [token for token in tokens if token["comment"] is None]
    text = "".join(_spoken(token) for token in spoken)
    comments = [token["comment"] for token in tokens if token["comment"]]
    if not text.strip():
        return _unquoted(" ".join(comments))
    kept = text + "".join(f" ({comment})" for comment in comments)
    return _unquoted(kept)


def _spoken(token: re.Match[str]) -> str:
    quoted = token["quoted"]
    return token[0] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)


def _unquoted(name: str) -> str:
    """The name decoded, without quotes around all of it."""
    text = one_line(decode_words(name))
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
