"""A guess at the charset of bytes that declare none, or a wrong one.

UTF-8 proves itself, Latin text has single accented letters among plain ones, other scripts show their most
frequent characters; only what is left goes to charset-normalizer.
"""

import re

from charset_normalizer import from_bytes

from services.mail.domain.characters.letters import LETTERS

SAMPLE_BYTES = 20_000
LANGUAGES = {"cp932": "ja", "euc_jp": "ja", "gb18030": "zh-hans", "big5": "zh-hant", "cp949": "ko",
             "cp1251": "ru", "koi8_r": "ru"}  # fmt: skip
EAST_ASIAN = {"cp932", "euc_jp", "gb18030", "big5", "cp949"}
CLEAR_SHARE = 0.3
CERTAIN_SHARE = 0.6
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
ACCENTED = re.compile(
    rb"(?<![\x80-\xff])[\xc0-\xff](?![\x80-\xff])|(?<=[A-Za-z])[\x80-\xff]{1,2}(?=[A-Za-z \r\n.,;:!?]|\Z)"
)
CANDIDATES = [*LANGUAGES, "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp874"]


def detect(data: bytes) -> str:
    """The name of a codec that reads the bytes; cp1252 when nothing speaks for another."""
    sample = data[:SAMPLE_BYTES]
    if is_utf8(sample):
        return "utf-8"
    return _latin(sample) or _by_letters(sample) or _likeliest(sample)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8, but for a last character that may be cut off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and not data[: error.start].isascii()
    return True


def looks_latin(data: bytes) -> bool:
    """Whether most bytes outside ASCII stand alone among letters, as accented ones do."""
    return sum(map(len, ACCENTED.findall(data))) > 0.6 * len(HIGH_BYTE.findall(data))


def looks_east_asian(data: bytes) -> bool:
    """Whether the bytes are East Asian text beyond doubt."""
    return not looks_latin(data[:SAMPLE_BYTES]) and _by_letters(data[:SAMPLE_BYTES], CERTAIN_SHARE) in EAST_ASIAN


def _by_letters(sample: bytes, share: float = CLEAR_SHARE) -> str | None:
    shares = {codec: _share(_text(sample, codec), LETTERS[language]) for codec, language in LANGUAGES.items()}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > share else None


def _share(text: str, letters: frozenset[str]) -> float:
    """How much of what is not ASCII is among the letters."""
    foreign = [character for character in text if not character.isascii()]
    return sum(character in letters for character in foreign) / len(foreign) if foreign else 0.0


def _latin(sample: bytes) -> str | None:
    return "cp1252" if looks_latin(sample) and _text(sample, "cp1252") else None


def _likeliest(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=CANDIDATES, preemptive_behaviour=False).best()
    return best.encoding if best else "cp1252"


def _text(data: bytes, codec: str) -> str:
    """The sample under the codec, or nothing when it cannot be read; it may end inside a character."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        return data[: error.start].decode(codec) if error.start >= len(data) - 3 else ""
