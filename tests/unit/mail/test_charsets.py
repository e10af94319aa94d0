"""Bytes become the text that their writer saw, whatever the label says."""

import pytest

from services.mail.domain.characters.charsets import decode, decode_hinted
from services.mail.domain.characters.detection import detect
from services.mail.domain.characters.labels import codec_of
from services.mail.domain.characters.tidy import one_line, tidy

KANA = "お問い合わせありがとうございます。"


@pytest.mark.requirement("N17")
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b$B-!\x1b(B", "①"),  # NEC row 13
        (b"\x1b$B-j\x1b(B", "㈱"),
        (b"\x1b$Byu\x1b(B", "﨑"),  # an IBM extension
        (b'\x1b$@$"\x1b(J!', "あ!"),  # JIS of 1978, JIS-Roman
        (b"\x1b(I1\x1b(B", "ｱ"),  # half-width kana
        (b"\x0e1\x0f", "ｱ"),
        (b"\x1b$(D0!\x1b(B", "丂"),  # JIS X 0212
        (b"\x1b$(O.!\x1b(B", "俱"),  # JIS X 0213
        (b"\x1b$A0!\x1b(B", "啊"),  # RFC 1554
        (b"\x1b$(C0!\x1b(B", "가"),
        (b'\x1b$B$" $$\x1b(B', "あ い"),
        (b'\x1b$B$"\nAB', "あ\nAB"),  # the shift to ASCII was forgotten
        (b"\x1b$Bu!\x1b(B", "〓"),  # a picture of a telephone company
    ],
)
def test_iso_2022_jp_is_read_by_its_escapes(data, text):
    assert decode(data, "iso-2022-jp") == text


@pytest.mark.requirement("N17")
@pytest.mark.parametrize("label", [None, "utf-8", "us-ascii", "iso-8859-1", "shift_jis", "x-unknown"])
def test_jis_is_read_whatever_its_label_says(label):
    assert decode(KANA.encode("iso2022_jp"), label) == KANA


@pytest.mark.requirement("N17")
def test_jis_and_utf_8_in_one_text_are_both_read():
    assert decode("あ".encode("iso2022_jp") + " é".encode(), "utf-8") == "あ é"


def test_escapes_that_a_gateway_has_lost_are_put_back():
    assert decode(KANA.encode("iso2022_jp").replace(b"\x1b", b""), "iso-2022-jp") == KANA


@pytest.mark.requirement("N17")
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("label", [None, "iso-8859-1", "us-ascii", "utf-8", "iso-2022-jp"])
def test_japanese_is_read_under_a_lying_label(encoding, label):
    assert decode(KANA.encode(encoding), label) == KANA


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("日本語", "cp932"),
        ("日本語", "euc_jp"),
        ("見積書送付", "cp932"),
        ("转发：整体提升企业服务水平", "gb18030"),
        ("您好，請問服務電話", "big5"),
        ("안녕하세요", "cp949"),
        ("Привет мир", "cp1251"),
        ("Привет мир", "koi8_r"),
        ("Grüße aus Köln", "cp1252"),
        ("Grüße", "utf-8"),
    ],
)
def test_a_charset_shows_itself_by_its_letters(text, codec):
    assert detect(text.encode(codec)) == codec


@pytest.mark.requirement("N17")
def test_shift_jis_means_the_larger_set_of_windows():
    assert decode("①㈱髙～".encode("cp932"), "Shift_JIS") == "①㈱髙～"


def test_a_broken_character_does_not_change_the_charset_of_the_rest():
    broken = KANA.encode() * 5 + b"\xe3\x81" + KANA.encode()

    assert decode(broken, "utf-8").count(KANA) == 6


def test_a_one_byte_set_nearby_says_nothing_of_bytes_that_do_not_look_like_it():
    assert decode_hinted(KANA.encode("cp932"), "iso-8859-1") == KANA


def test_a_one_byte_set_nearby_is_believed_for_accented_text():
    assert decode_hinted("Gr\xfc\xdfe".encode("latin-1"), "iso-8859-1") == "Grüße"


@pytest.mark.parametrize("label", ["base64", "rot13", "punycode", "unicode_escape", "", None, "\x00", "no such set"])
def test_what_is_no_charset_is_no_codec(label):
    assert codec_of(label) is None


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ('"GB2312"', "gb18030"),
        ("ks_c_5601-1987", "cp949"),
        ("CP-850", "cp850"),
        ("windows-1251", "cp1251"),
        ("WINDOWS-31J", "cp932"),
    ],
)
def test_a_label_stands_for_the_larger_set(label, codec):
    assert codec_of(label) == codec


def test_tidy_text_can_be_stored():
    assert tidy("e\u0301\x00\ud800") == "é\ufffd"


def test_a_line_has_no_control_characters():
    assert one_line(" a\r\n b\x00\u2028c ") == "a b c"
