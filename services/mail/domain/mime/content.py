"""What of a message is read as its body, and what is kept beside it."""

import re
from dataclasses import dataclass
from html import escape

from services.mail.domain.characters.charsets import decode
from services.mail.domain.characters.tidy import tidy
from services.mail.domain.mime.flowed import unflow
from services.mail.domain.mime.markup import text_of
from services.mail.domain.mime.parts import Part
from services.mail.domain.mime.transfer import UU_BEGIN, UU_END

META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
TEXT_TYPES = {"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html"}


@dataclass(frozen=True)
class Body:
    """What is read: the text, and the markup if there is any."""

    text: str
    html: str | None


@dataclass(frozen=True)
class Piece:
    """One readable part in both forms; a form that it does not have is empty."""

    plain: str = ""
    html: str = ""


def read_body(root: Part, default_charset: str | None) -> Body:
    """The body of the message; where there is only markup, the text is made from it."""
    pieces = _pieces(root, default_charset) or _named_text(root, default_charset)
    text = "\n\n".join(filter(None, (_readable(piece) for piece in pieces)))
    if not any(piece.html for piece in pieces):
        return Body(tidy(text), None)
    html = "\n".join(piece.html or f"<pre>{escape(piece.plain)}</pre>" for piece in pieces)
    return Body(tidy(text), tidy(html))


def is_body(part: Part) -> bool:
    """Whether the part is read; a named one only when its sender wants it shown."""
    if part.type not in TEXT_TYPES or part.disposition.value == "attachment":
        return False
    return part.disposition.value == "inline" or not has_name(part)


def is_kept(part: Part) -> bool:
    """Whether the part is kept beside the body; text under a name may be both read and kept."""
    return not part.children and (not is_body(part) or has_name(part))


def has_name(part: Part) -> bool:
    return bool(part.disposition.get("filename") or part.media.get("name"))


def part_text(part: Part, default_charset: str | None = None) -> str:
    """The decoded text of a part that holds text."""
    charset = part.media.get("charset") or default_charset
    content = without_embedded_files(part.content)
    if part.type == "text/html":
        declared = META_CHARSET.search(content[:4_000])
        charset = part.media.get("charset") or (declared[1].decode("ascii") if declared else default_charset)
    text = decode(content, charset).removeprefix("\ufeff").replace("\r\n", "\n")
    if part.type in {"text/enriched", "text/richtext"}:
        text = re.sub(r"<<|<[^<>]{1,80}>", lambda tag: "<" if tag[0] == "<<" else "", text)
    if (part.media.get("format") or "").lower() == "flowed":
        return unflow(text, delete_space=(part.media.get("delsp") or "").lower() == "yes")
    return text


def without_embedded_files(content: bytes) -> bytes:
    """Plain text without the uuencoded files in it."""
    pieces, at = [], 0
    for begin, end in embedded_spans(content):
        pieces.append(content[at:begin])
        at = end
    return b"".join([*pieces, content[at:]])


def embedded_spans(content: bytes) -> list[tuple[int, int]]:
    """Where uuencoded files stand in plain text."""
    spans: list[tuple[int, int]] = []
    begin = UU_BEGIN.search(content)
    while begin and (end := UU_END.search(content, begin.end())):
        spans.append((begin.start(), end.end()))
        begin = UU_BEGIN.search(content, end.end())
    return spans


def _pieces(part: Part, default_charset: str | None) -> list[Piece]:
    if part.children and part.type == "multipart/alternative":
        return [_best([_joined(_pieces(child, default_charset)) for child in part.children])]
    if part.children:
        return [piece for child in part.children for piece in _pieces(child, default_charset)]
    if not is_body(part):
        return []
    return [_piece(part, default_charset)]


def _named_text(root: Part, default_charset: str | None) -> list[Piece]:
    """The first text that has a name, where a mail has no other text."""
    named = (part for part in root.walk() if part.type in TEXT_TYPES and part.disposition.value != "attachment")
    return [_piece(part, default_charset) for part in list(named)[:1]]


def _piece(part: Part, default_charset: str | None) -> Piece:
    text = part_text(part, default_charset)
    return Piece(html=text) if "html" in part.type else Piece(plain=text)


def _joined(pieces: list[Piece]) -> Piece:
    return Piece("\n".join(piece.plain for piece in pieces), "\n".join(piece.html for piece in pieces))


def _best(pieces: list[Piece]) -> Piece:
    """Of alternatives the last of each form that says something."""
    plain = [piece.plain for piece in pieces if piece.plain.strip()]
    html = [piece.html for piece in pieces if piece.html.strip()]
    return Piece(plain[-1] if plain else "", html[-1] if html else "")


def _readable(piece: Piece) -> str:
    return piece.plain if piece.plain.strip() else text_of(piece.html)
