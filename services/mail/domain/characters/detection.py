"""A guess at the charset of bytes that declare none, or a wrong one.

UTF-8 proves itself, Latin text has single accented letters among plain ones, other scripts show their most
frequent characters; only what is left goes to charset-normalizer.
"""

import re

from charset_normalizer import from_bytes

SAMPLE_BYTES = 20_000
KANA = "".join(map(chr, range(0x3041, 0x3094))) + "".join(map(chr, range(0x30A1, 0x30F7))) + "ー、。・「」【】『』"
FREQUENT = {
    "ja": KANA
    + "日本語人大年会月時国出上分中生自社者事業前後合場方部地同長見学定回間高動全目力東京用送付書積求請返信問内件名案名様株式注文"
    "発受確認連絡資料更新変更重要通知予約申込商品購入登録完了手続配便荷対応担当窓口質問報告議明細金料振払不在席転退職入室",
    "zh-hans": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已"
    "工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表"
    "化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反"
    "受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权"
    "思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运转企业整体升服务水平请您",
    "zh-hant": "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種"
    "事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已"
    "件郵信您請問測試嗎嘛謝公司電話服務產品客戶",
    "ko": "이다는에을의가를은고하한로지사니기서나어도리자시라대해인아스일수그정보만부전장상제으여안있게세원주구요들공유합습면경동신영국과적오"
    "성소비우문교위화중선마바관데무러드운물조생거진행실개연계회방산인터출발입분업요트더모든녕메제목답변문의드립",
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
}  # fmt: skip
LANGUAGES = {"cp932": "ja", "euc_jp": "ja", "gb18030": "zh-hans", "big5": "zh-hant", "cp949": "ko",
             "cp1251": "ru", "koi8_r": "ru"}  # fmt: skip
LETTERS = {language: frozenset(letters) for language, letters in FREQUENT.items()}
CLEAR_SHARE = 0.3
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


def _by_letters(sample: bytes) -> str | None:
    shares = {codec: _share(_text(sample, codec), LETTERS[language]) for codec, language in LANGUAGES.items()}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > CLEAR_SHARE else None


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
