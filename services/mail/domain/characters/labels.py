"""The charset that a label really means: senders name a set and use a larger one."""

import codecs
import re
from functools import lru_cache

LARGER = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "utf-8-mac": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "x-ms-cp932": "cp932",
    "x-sjis-jp": "cp932",
    "x-euc-jp": "euc_jp",
    "eucjp-ms": "euc_jp",
    "eucjp-win": "euc_jp",
    "cp51932": "euc_jp",
    "x-euc-tw": "big5",
    "iso-2022-jp-ms": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "cp50222": "iso2022_jp",
    "x-windows-iso2022jp": "iso2022_jp",
    "jis": "iso2022_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "x-gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb18030": "gb18030",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "iso-ir-149": "cp949",
    "korean": "cp949",
    "big5": "cp950",
    "big5-eten": "cp950",
    "cn-big5": "cp950",
    "x-x-big5": "cp950",
    "x-mac-japanese": "shift_jis",
    "x-mac-roman": "mac_roman",
    "x-macroman": "mac_roman",
    "macintosh": "mac_roman",
    "macwindows": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}

NO_CHARSETS = {"punycode", "idna", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "unicode-escape"}


@lru_cache(maxsize=256)
def codec_of(label: str | None) -> str | None:
    """The name of the codec for a declared charset, or None when the label says nothing."""
    name = re.sub(r"[^a-z0-9_.:+-]", "", (label or "").lower()).removeprefix("charset=").removeprefix("x-user-defined")
    name = re.sub(r"^(?:cp|windows|win|microsoft-cp|x-cp)-?(\d{3,5})$", r"windows-\1", name)
    name = LARGER.get(name) or re.sub(r"^windows-(\d+)$", r"cp\1", name)
    return _known(LARGER.get(name, name))


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
        b" ".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    if found.name.startswith("iso2022_jp"):
        return "iso2022_jp"
    return None if found.name in NO_CHARSETS else found.name
