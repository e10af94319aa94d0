"""The language that a text is most likely in, as far as its script tells."""

import re

SCRIPTS = {
    "ja": re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]"),
    "ko": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "en": re.compile("[A-Za-z]"),
}
SAMPLE = 5_000
CLEAR_SHARE = 0.1
NEVER_WITHOUT_KANA = 30  # so many Chinese characters, and Japanese would have had kana among them
JAPANESE_CHARSETS = ("iso-2022-jp", "shift_jis", "euc-jp", "cp932", "windows-31j")


def guess_language(text: str, charset: str | None = None) -> str | None:
    """The tag of the language, or None where it cannot be told; Latin script counts as English.

    A few Chinese characters alone may be Japanese as well; the charset that the mail declares may tell.
    """
    counts = {tag: len(script.findall(text[:SAMPLE])) for tag, script in SCRIPTS.items()}
    letters = sum(counts.values())
    if counts["ja"] and (counts["ja"] + counts["zh"]) > CLEAR_SHARE * letters:
        return "ja"
    clear = counts["zh"] >= NEVER_WITHOUT_KANA or not _writable_in_japanese(text[:SAMPLE])
    if counts["zh"] > CLEAR_SHARE * letters and not clear:
        return "ja" if (charset or "").lower().startswith(JAPANESE_CHARSETS) else None
    foreign = max((tag for tag in counts if tag != "en"), key=lambda tag: counts[tag])
    if counts[foreign] > CLEAR_SHARE * letters:
        return foreign
    return "en" if counts["en"] else None


def _writable_in_japanese(text: str) -> bool:
    """Whether Japanese has all its Chinese characters; the simplified ones are not among them."""
    chinese = "".join(SCRIPTS["zh"].findall(text))
    return chinese.encode("cp932", "ignore").decode("cp932") == chinese
