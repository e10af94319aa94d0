"""Japanese mail in ISO-2022-JP as it is really sent, wider than RFC 1468.

Each double byte is read through EUC-JP first and CP932 second, so that the NEC row 13 (①, ㈱) and the IBM
extensions (髙, 﨑) survive; half-width kana, JIS X 0212, JIS X 0213 and the escapes of RFC 1554 are known too.
"""

import re
from collections.abc import Callable

ESCAPE = re.compile(
    rb"(?P<escape>\x1b(?:\$\([@A-Z]|\$[@AB]|\([A-Z]|&@)|[\x0e\x0f]|(?<=[\r\n])(?=[^\r\n]))",
)
LOST_ESCAPE = re.compile(rb"\$([B@])((?:[!-~]{2}){1,200}?)\(([BJ])")
JAPANESE = re.compile(rb"\x1b(?:\$[@AB]|\$\([@A-DOPQ]|\([JI])")
UNKNOWN_PICTURE = "〓"
HIGH = bytes(byte | 0x80 if 0x20 < byte < 0x7F else byte for byte in range(256))
ASCII = b"\x1b(B"
KANA_SETS = {b"\x1b(I", b"\x0e"}
OTHER_CODECS = {
    b"\x1b$A": ("gb2312", b""),
    b"\x1b$(A": ("gb2312", b""),
    b"\x1b$(C": ("euc_kr", b""),
    b"\x1b$(D": ("euc_jp", b"\x8f"),
    b"\x1b$(O": ("euc_jis_2004", b""),
    b"\x1b$(Q": ("euc_jis_2004", b""),
    b"\x1b$(P": ("euc_jis_2004", b"\x8f"),
}

Decode = Callable[[bytes], str]


def is_iso2022jp(data: bytes) -> bool:
    """Whether the bytes hold an escape sequence to a Japanese set, or to one of RFC 1554."""
    return b"\x1b" in data and JAPANESE.search(data) is not None


def restore_escapes(data: bytes) -> bytes:
    """The bytes with the ESC put back that a careless gateway has stripped from `$B...(B`."""
    return LOST_ESCAPE.sub(b"\x1b$\\1\\2\x1b(\\3", data)


def decode_iso2022jp(data: bytes, otherwise: Decode) -> str:
    """Text by escape sequence; `otherwise` reads the runs that are in no Japanese set."""
    pieces: list[str] = []
    mode, start = ASCII, 0
    for match in ESCAPE.finditer(data):
        pieces.append(_run(mode, data[start : match.start()], otherwise))
        mode, start = match["escape"] or ASCII, match.end()
    pieces.append(_run(mode, data[start:], otherwise))
    return "".join(pieces)


def _run(mode: bytes, run: bytes, otherwise: Decode) -> str:
    if not run:
        return ""
    if mode in KANA_SETS:
        return "".join(chr(0xFF40 + byte) if 0x20 < byte < 0x60 else chr(byte) for byte in run)
    if mode.startswith((b"\x1b(", b"\x0f", b"\x1b&")):
        return otherwise(run)
    codec, prefix = OTHER_CODECS.get(mode, ("euc_jp", b""))
    if not prefix:
        try:
            return run.translate(HIGH).decode(codec)
        except UnicodeDecodeError:
            pass
    return "".join(_pair(pair, codec, prefix) for pair in re.findall(rb"[!-~][!-~]|[^!-~]+|.", run, re.DOTALL))


def _pair(pair: bytes, codec: str, prefix: bytes) -> str:
    if len(pair) != 2 or not 0x20 < pair[0] < 0x7F:
        return pair.decode("ascii", "replace")
    for candidate, encoded in ((codec, prefix + pair.translate(HIGH)), ("cp932", _shifted(*pair))):
        try:
            return encoded.decode(candidate)
        except UnicodeDecodeError:
            continue
    return UNKNOWN_PICTURE


def _shifted(row: int, cell: int) -> bytes:
    """The same character in Shift_JIS."""
    lead = (row - 0x21) // 2 + 0x81
    trail = cell + 0x7E if row % 2 == 0 else cell + (0x1F if cell < 0x60 else 0x20)
    return bytes((lead + 0x40 if lead > 0x9F else lead, trail))
