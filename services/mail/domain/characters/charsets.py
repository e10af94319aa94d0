"""One way from bytes to text, whatever the label says; it never fails."""

from services.mail.domain.characters.detection import detect, is_utf8, looks_east_asian, looks_latin
from services.mail.domain.characters.iso2022jp import decode_iso2022jp, is_iso2022jp, restore_escapes
from services.mail.domain.characters.labels import codec_of

ONE_BYTE_FAMILIES = ("cp1", "cp8", "cp4", "cp7", "iso8859", "koi8", "mac", "hz", "utf-7")
MOST_ERRORS = 0.1


def decode(data: bytes, label: str | None = None) -> str:
    """The text of the bytes under the label where it can be true, else under the likeliest charset.

    The result may hold U+FFFD where nothing reads a byte, and is not yet tidy.
    """
    codec = codec_of(label)
    if codec == "iso2022_jp" and b"\x1b" not in data:
        data = restore_escapes(data)
    if codec == "iso2022_jp" or is_iso2022jp(data):
        return decode_iso2022jp(data, lambda run: _decode(run, None if codec == "iso2022_jp" else codec))
    return _decode(data, codec)


def decode_hinted(data: bytes, hint: str | None) -> str:
    """The text of bytes without a label of their own, when something near them is labelled so.

    A one-byte set can read everything, so as a hint it counts only for what looks like its kind of text.
    """
    codec = codec_of(hint)
    if codec and codec.startswith(ONE_BYTE_FAMILIES) and not looks_latin(data):
        return decode(data)
    return decode(data, hint)


def _decode(data: bytes, codec: str | None) -> str:
    if data.isascii() and codec not in {"utf-7", "hz", "utf-16", "utf-16-le", "utf-16-be", "iso2022_kr", "utf-32"}:
        return data.decode("ascii")
    if codec is None or _lies(data, codec):
        codec = detect(data)
    return _leniently(data, codec)


def _lies(data: bytes, codec: str) -> bool:
    """Whether the bytes prove the label wrong: it fails often, or it is a one-byte set for what needs a larger one."""
    if codec == "utf-8":
        return _errors(data, codec) > MOST_ERRORS
    if codec.startswith(ONE_BYTE_FAMILIES):
        return not data.isascii() and (is_utf8(data) or looks_east_asian(data))
    return _errors(data, codec) > (0 if is_utf8(data) else MOST_ERRORS)


def _errors(data: bytes, codec: str) -> float:
    """The share of the characters outside ASCII that the codec cannot read."""
    try:
        data.decode(codec)
    except UnicodeError:
        text = data.decode(codec, "replace")
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        return text.count("\ufffd") / max(foreign, 1)
    return 0.0


def _leniently(data: bytes, codec: str) -> str:
    for candidate in (codec, *WIDER.get(codec, ())):
        try:
            return data.decode(candidate)
        except UnicodeError:
            continue
    return data.decode(codec, "replace")


WIDER = {
    "cp932": ("shift_jis_2004",),
    "euc_jp": ("euc_jis_2004",),
    "cp950": ("big5hkscs",),
    "cp1252": ("iso8859-1",),
}
