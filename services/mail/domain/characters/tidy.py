"""Text that every later step can store: NFC, without NUL and lone surrogates."""

import re
import unicodedata

NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def tidy(text: str) -> str:
    """The text in NFC; a NUL is dropped, a lone surrogate becomes U+FFFD."""
    if NOT_STORABLE.search(text):
        text = NOT_STORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The tidy text on one line, with every control character and run of white space as one space."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", tidy(text)).split())
