"""Values with parameters (Content-Type, Content-Disposition): RFC 2045, RFC 2231, and what senders make of them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from services.mail.domain.characters.charsets import decode
from services.mail.domain.characters.tidy import one_line
from services.mail.domain.mime.words import decode_words, raw_text

PARAMETER = re.compile(
    r";\s*(?P<name>[^\s=;\"*]{1,100})(?P<part>\*\d{1,3})?(?P<extended>\*)?\s*=\s*"
    r"(?:\"(?P<quoted>(?:\\.|[^\"\\])*)(?:\"|\Z)(?P<rest>[^;]*)|(?P<word>=\?[^;]*?\?=(?=\s*(?:;|\Z))|[^;]*))",
    re.DOTALL,
)
MOST_PARAMETERS = 500


@dataclass(frozen=True)
class Parameterised:
    """A value and its parameters, names in lower case."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.parameters.get(name)


@dataclass(frozen=True)
class Piece:
    """One part of a parameter that RFC 2231 allows to be spread over several."""

    part: int
    extended: bool
    text: str


def parse_parameters(value: bytes, charset: str | None = None) -> Parameterised:
    """The value and its parameters, decoded; of a parameter given twice the first counts."""
    text = raw_text(value, charset)
    head = text.partition(";")[0]
    pieces: defaultdict[str, list[Piece]] = defaultdict(list)
    for number, match in enumerate(PARAMETER.finditer(text, len(head))):
        if number >= MOST_PARAMETERS:
            break
        pieces[match["name"].lower()].append(_piece(match))
    return Parameterised(one_line(head).lower(), {name: _joined(given) for name, given in pieces.items()})


def _piece(match: re.Match[str]) -> Piece:
    if match["quoted"] is not None:
        text = re.sub(r"\\([\"\\])", r"\1", match["quoted"])
    else:
        text = match["word"].strip().strip("'\"") if not match["extended"] else match["word"].strip()
    part = int(match["part"][1:]) if match["part"] else -1
    return Piece(part, bool(match["extended"]), text)


def _joined(pieces: list[Piece]) -> str:
    whole = [piece for piece in pieces if piece.part < 0]
    chosen = next((piece for piece in whole if piece.extended), None)
    if chosen is None and any(piece.part >= 0 for piece in pieces):
        return _spread(sorted((piece for piece in pieces if piece.part >= 0), key=lambda piece: piece.part))
    chosen = chosen or whole[0]
    return _spread([chosen]) if chosen.extended else one_line(decode_words(chosen.text))


def _spread(pieces: list[Piece]) -> str:
    """One text of several pieces, the first of which may name the charset."""
    if not any(piece.extended for piece in pieces):
        return one_line(decode_words("".join(piece.text for piece in pieces)))
    charset, _, first = pieces[0].text.rpartition("'")
    if pieces[0].text.count("'") < 2:
        charset, first = "", pieces[0].text
    texts = [first, *(piece.text for piece in pieces[1:])]
    data = b"".join(
        unquote_to_bytes(text) if piece.extended else text.encode("utf-8", "replace")
        for piece, text in zip(pieces, texts, strict=True)
    )
    return one_line(decode(data, charset.partition("'")[0] or None))
