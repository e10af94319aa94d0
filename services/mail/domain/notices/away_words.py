"""The words by which an automatic reply announces itself, in the languages of common mail programs."""

import re

PHRASES = (
    r"\bout[- ]of[- ](?:the[- ])?office(?: auto-?reply| reply| message| notification)?\b",
    r"\bauto(?:mat(?:ic|ed))?[- ]?(?:repl(?:y|ies)|respon(?:se|der)|answer|acknowledge?ment)\b",
    r"\baway from (?:my |the )?(?:office|desk|e?-?mail|computer)\b",
    r"\bvacation (?:reply|response|message|notice|notification)\b",
    r"\b(?:i am|i'm|currently|is) (?:away )?on (?:annual |maternity |paternity |parental |sick )?(?:vacation|holidays?|leave)\b",
    r"\babwesenheits?(?:notiz|nachricht|meldung|benachrichtigung|assistent|info)",
    r"\bautomatische (?:antwort|abwesenheit\w*|rückmeldung|empfangsbestätigung|eingangsbestätigung)\b",
    r"\bauto(?:antwort|svar|respuesta|odpowied[źz])",
    r"\b(?:nicht im b[üu]e?ro|außer haus)\b",
    r"\br[ée]ponse automatique\b|\bmessage automatique d.absence\b|\babsen(?:te?|ce) d[ue] bureau\b",
    r"\brespuesta autom[áa]tica\b|\bfuera de (?:la )?oficina\b",
    r"\bresposta autom[áa]tica\b|\bfora do escrit[óo]rio\b|\baus[êe]ncia (?:tempor[áa]ria|do escrit[óo]rio)",
    r"\b(?:risposta automatica|fuori (?:sede|ufficio))\b",
    r"\b(?:automatisch (?:antwoord|bericht)|afwezigheids?(?:bericht|melding|assistent)|niet aanwezig)\b",
    r"\bautomatiskt? svar\b|\bfraværs?(?:melding|besked)|\bfrånvaro(?:meddelande)?\b|\bikke på kontoret\b",
    r"\b(?:automaattinen vastaus|poissaoloilmoitus)\b",
    r"\b(?:automatyczna odpowied[źz]|poza biurem|nieobecno[śs][ćc])(?!\w)",
    r"\bautomatick[áaé] odpov[eě][dď]|\bautomatikus v[áa]lasz\b|\br[ăa]spuns automat\b|\bsamodejni odgovor\b",
    r"\botomatik (?:yan[ıi]t|cevap)\b|\bofis d[ıi]ş[ıi]nda\b|\btrả lời tự động\b|\bbalasan otomatis\b",
    r"\bавтоответ\w*|\bавтоматический ответ\b|\bвне офиса\b|\bнахожусь в отпуске\b",
    r"\bавтов[іi]дповідь|\bавтоматична відповідь\b|\bавтоматичен отговор\b|\bαυτόματη απάντηση\b",
    r"תגובה אוטומטית|מענה אוטומטי|(?:ال)?رد (?:ال)?تلقائي",
    r"自动(?:回复|回覆|答复|应答)|自動(?:回復|回覆|答覆)|不在办公室|休假通知",
    r"자동\s?(?:회신|응답|답장)|부재\s?중(?: 알림)?",
    r"自動(?:返信|応答|回答|送信|配信|受付)(?:メール|メッセージ)?|オートリプライ|不在(?:通知|応答|返信|メール)|不在の?(?:お知らせ|ご連絡|ご案内|連絡|案内)",
)
STARTS = (
    r"auto(?:matic)?\s*[:：]", r"OO[OF]\b", r"away (?:from|until|till|on)\b", r"absente?\s*[:：]", r"abwesen(?:d|heit)\b",
    r"ausente\b|ausencia\b", r"assente\b|assenza\b", r"afwezig\b", r"poissa\b", r"(?:i am|i'm) (?:away|out)\b",
    r"on (?:annual |maternity |parental |sick )?(?:vacation|holiday|leave)\b",
    r"(?:【|\[)?(?:不在|外出|休暇|出張)中",
    r"(?:vacation|holidays?|urlaub|ferien|отпуск|відпустка|ferie|vacaciones|vacances|férias|vakantie|semester|loma|urlop"
    r"|dovolená)\s*(?:[:!–—-]|until\b|bis\b|до\b|jusqu|hasta\b|mode\b|$)",
)  # fmt: skip
ABOUT_IT = re.compile(
    r"[?？]|\b(?:not|don'?t|doesn'?t|didn'?t|isn'?t|won'?t|can'?t|cannot|problems?|issues?|questions?|how|why|help|errors?|fail\w*|broken|stop\w*"
    r"|disable|enable|turn o[nf]f?|set ?up|configur\w*|working|nicht mehr|funktioniert|problem\w*)\b"
    r"|について|に関して|の件|[がはを](?:届|来|止|受|送)|ない|ません|ませ|方法|設定|でき|したい|教えて|ですか|質問|問題|停止|解除|変更|不具合|エラー|票",
    re.IGNORECASE,
)
ANY_PHRASE = "|".join(PHRASES)
SPOKEN = re.compile(ANY_PHRASE, re.IGNORECASE)
STARTING = re.compile(rf"\W{{0,10}}(?:{'|'.join(STARTS)})", re.IGNORECASE)
MARKED = re.compile(
    rf"^\W{{0,10}}(?:{ANY_PHRASE})\W{{0,3}}[:：\]】)）>」]|[\[【(（<「][^\]】)）>」]{{0,12}}(?:{ANY_PHRASE})[^\[【(（<「\]】)）>」]{{0,12}}[\]】)）>」]",
    re.IGNORECASE,
)
AUTOMATIC_TEXT = re.compile(
    r"\bthis is an? (?:auto(?:mat(?:ed|ic))?[- ]?(?:ally generated )?)(?:reply|response|answer|acknowledge?ment)\b"
    r"|\bdies ist eine automatisch (?:generierte|erstellte) (?:antwort|e?-?mail|nachricht)"
    r"|\bceci est une réponse automatique\b"
    r"|(?:本|この)(?:電子)?メール(?:は|には)[^。\n]{0,30}自動(?:的に)?(?:返信|送信|配信|応答)"
    r"|自動(?:返信|応答)(?:メール|メッセージ)?です",
    re.IGNORECASE,
)
LONGEST_SUBJECT = 500


def is_automatic_subject(subject: str) -> bool:
    """Whether the subject is that of an automatic reply, and not of a mail about one."""
    subject = subject[:LONGEST_SUBJECT]
    if MARKED.search(subject) or (STARTING.match(subject) and not subject.rstrip().endswith(("?", "？"))):
        return True
    return SPOKEN.search(subject) is not None and not ABOUT_IT.search(subject)
