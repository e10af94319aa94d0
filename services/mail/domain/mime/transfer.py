"""Content-Transfer-Encoding undone, as far as the content really is encoded so."""

import binascii
import re

from services.mail.domain.mime.words import from_base64

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
UU_BEGIN = re.compile(rb"^begin[ \t]+[0-7]{3,4}[ \t]+([^\r\n]{1,255})\r?\n", re.MULTILINE)
UU_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)


def undo_transfer_encoding(body: bytes, encoding: str) -> bytes:
    """The content itself; a body that is not what its encoding says comes back as it is."""
    match encoding.strip().lower():
        case "base64":
            return _undo_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            found = UU_BEGIN.search(body)
            return uudecode(body[found.end() :]) if found else body
    return body


def _undo_base64(body: bytes) -> bytes:
    strange = len(NOT_BASE64.findall(body[:4_000]))
    if strange * 20 > len(body[:4_000]):
        return body
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        return from_base64(body)


def uudecode(lines: bytes) -> bytes:
    """The bytes of uuencoded lines, up to the line `end`."""
    decoded = []
    for line in lines.splitlines():
        if line.strip() == b"end":
            break
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            decoded.append(_shortened(line))
    return b"".join(decoded)


def _shortened(line: bytes) -> bytes:
    """A line whose sender padded it too far: only as many characters as its length byte says."""
    characters = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
    try:
        return binascii.a2b_uu(line[:characters])
    except binascii.Error:
        return b""
