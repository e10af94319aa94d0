"""Parts as they are written: transfer encodings, attachments with their names, and multiparts."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from services.mail.domain.characters.tidy import tidy
from services.mail.domain.mime.encoding import encoded_words, one_line_only

LONGEST_LINE_BYTES = 998
MUCH_FOREIGN = 1 / 6
MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}")
PLAIN_NAME = re.compile(r'[^"\\\x7f-\U0010ffff\x00-\x1f]{1,60}')
PIECE = 60


@dataclass(frozen=True)
class Entity:
    """A part: its header lines and its encoded body."""

    fields: tuple[str, ...]
    body: bytes

    def to_bytes(self) -> bytes:
        return "\r\n".join([*self.fields, "", ""]).encode("ascii") + self.body


def text_part(text: str, subtype: str, charset: str) -> Entity:
    """Text of that subtype, in 7bit where it can be, else in the shorter of the other encodings."""
    data = "\r\n".join(tidy(text).splitlines()).encode(charset) + b"\r\n"
    encoding, body = _encoded_text(data)
    kind = f'Content-Type: text/{subtype}; charset="{charset}"'
    return Entity((kind, f"Content-Transfer-Encoding: {encoding}"), body)


def attached(filename: str, content_type: str, content: bytes) -> Entity:
    """A file under its name, which is written both by RFC 2231 and as older programs read it.

    Raises BrokenHeader.
    """
    name = one_line_only("filename", filename)
    media = content_type if MEDIA_TYPE.fullmatch(content_type) else "application/octet-stream"
    if media.lower().startswith(("message/", "multipart/")) and not _is_7bit(content):
        media = "application/octet-stream"  # these must not be encoded (RFC 2046, 5.2.1)
    kind = f"Content-Type: {media};\r\n {_old_name(name)}"
    disposition = "Content-Disposition: attachment;\r\n " + ";\r\n ".join(_names(name))
    if media.lower().startswith(("message/", "multipart/")):
        return Entity((kind, disposition, "Content-Transfer-Encoding: 7bit"), _with_crlf(content))
    body = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return Entity((kind, disposition, "Content-Transfer-Encoding: base64"), body)


def mixed(subtype: str, entities: Sequence[Entity]) -> Entity:
    """Several parts as one; the boundary is made of their content, so that it cannot stand in it."""
    written = [entity.to_bytes() for entity in entities]
    boundary = "=_mdg_" + hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in written)).hexdigest()[:32]
    delimiter = b"--" + boundary.encode("ascii")
    body = b"".join(delimiter + b"\r\n" + part + b"\r\n" for part in written) + delimiter + b"--\r\n"
    return Entity((f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"',), body)


def _encoded_text(data: bytes) -> tuple[str, bytes]:
    if _is_7bit(data):
        return "7bit", data
    foreign = sum(byte > 0x7E for byte in data)
    if foreign > MUCH_FOREIGN * len(data) or b"\x1b" in data:
        return "base64", base64.encodebytes(data).replace(b"\n", b"\r\n")
    quoted = binascii.b2a_qp(data.replace(b"\r\n", b"\n"), istext=True)
    return "quoted-printable", quoted.replace(b"\n", b"\r\n")


def _is_7bit(data: bytes) -> bool:
    return data.isascii() and b"\x00" not in data and max(map(len, data.split(b"\n")), default=0) <= LONGEST_LINE_BYTES


def _with_crlf(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")


def _names(name: str) -> list[str]:
    """The name as parameters of RFC 2231, in pieces that fit on a line."""
    if PLAIN_NAME.fullmatch(name):
        return [f'filename="{name}"']
    encoded = quote(name, safe="")
    whole = f"filename*=UTF-8''{encoded}"
    if len(whole) <= PIECE + len("filename*="):
        return [whole]
    value = f"UTF-8''{encoded}"
    pieces = re.findall(rf"(?:%[0-9A-F]{{2}}|[^%]){{1,{PIECE // 3}}}", value)
    return [f"filename*{number}*={piece}" for number, piece in enumerate(pieces)]


def _old_name(name: str) -> str:
    if PLAIN_NAME.fullmatch(name):
        return f'name="{name}"'
    words = "\r\n ".join(encoded_words(name, "utf-8"))
    return f'name="{words}"'
