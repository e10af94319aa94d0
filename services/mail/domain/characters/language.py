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


def guess_language(text: str) -> str | None:
    """The tag of the language, or None for a text without letters; Latin script counts as English."""
    counts = {tag: len(script.findall(text[:SAMPLE])) for tag, script in SCRIPTS.items()}
    letters = sum(counts.values())
    if counts["ja"] and (counts["ja"] + counts["zh"]) > CLEAR_SHARE * letters:
        return "ja"
    foreign = max((tag for tag in counts if tag != "en"), key=lambda tag: counts[tag])
    if counts[foreign] > CLEAR_SHARE * letters:
        return foreign
    return "en" if counts["en"] else None
