"""The words by which an automatic reply announces itself, in the languages of common mail programs."""

import re

ANYWHERE = (
    r"\bout[- ]of[- ](?:the[- ])?office\b",
    r"\bauto(?:mat(?:ic|ed))?[- ]?(?:repl(?:y|ies)|respon(?:se|der)|answer|acknowledge?ment)\b",
    r"\baway from (?:my |the )?(?:office|desk|e?-?mail|computer)\b",
    r"\bvacation (?:reply|response|message|notice|notification)\b",
    r"\b(?:on|am on|is on) (?:annual |maternity |paternity |parental |sick )?(?:vacation|holidays?|leave)\b",
    r"\babwesenheits?(?:notiz|nachricht|meldung|benachrichtigung|assistent|info)",
    r"\bautomatische (?:antwort|abwesenheit|rückmeldung|empfangsbestätigung|eingangsbestätigung)",
    r"\bauto(?:antwort|reply|svar|respuesta|odpowied[źz])",
    r"\b(?:nicht im b[üu]e?ro|außer haus)\b",
    r"\br[ée]ponse automatique\b|\bmessage automatique d.absence\b|\babsen(?:t|te|ce) d[ue] bureau\b",
    r"\brespuesta autom[áa]tica\b|\bfuera de (?:la )?oficina\b",
    r"\bresposta autom[áa]tica\b|\bfora do escrit[óo]rio\b|\baus[êe]ncia (?:tempor[áa]ria|do escrit[óo]rio)",
    r"\brisposta automatica\b|\bfuori (?:sede|ufficio)\b",
    r"\bautomatisch (?:antwoord|bericht)\b|\bafwezig(?:heids)?(?:bericht|melding|heid|heidsassistent)\b|\bniet aanwezig\b",
    r"\bautomatiskt? svar\b|\bfraværs?(?:melding|besked)|\bfrånvaro(?:meddelande)?\b|\bikke på kontoret\b",
    r"\bautomaattinen vastaus\b|\bpoissaoloilmoitus\b",
    r"\bautomatyczna odpowied[źz]\b|\bpoza biurem\b|\bnieobecno[śs][ćc]\b",
    r"\bautomatick[áaé] odpov[eě][dď]\b|\bautomatikus v[áa]lasz\b|\br[ăa]spuns automat\b|\bsamodejni odgovor\b",
    r"\botomatik (?:yan[ıi]t|cevap)\b|\bofis d[ıi]ş[ıi]nda\b|\btrả lời tự động\b|\bbalasan otomatis\b",
    r"\bавтоответ|\bавтоматический ответ\b|\bавтоматическое уведомление\b|\bвне офиса\b|\bнахожусь в отпуске\b",
    r"\bавтов[іi]дповідь|\bавтоматична відповідь\b|\bавтоматичен отговор\b|\bαυτόματη απάντηση\b",
    r"תגובה אוטומטית|מענה אוטומטי|(?:ال)?رد (?:ال)?تلقائي",
    r"自动(?:回复|回覆|答复|应答)|自動(?:回復|回覆|答覆)|不在办公室|休假(?:通知|中)",
    r"자동\s?(?:회신|응답|답장)|부재\s?중",
    r"自動(?:返信|応答|回答|配信|送信|受付)|オートリプライ|不在(?:通知|連絡|案内|応答|返信|メール|の?お知らせ|のため|にして)"
    r"|(?:休暇|出張|外出|休業)(?:中|のお知らせ|のご案内|のため)|(?:夏季|夏期|冬季|年末年始|臨時)休(?:業|暇)",
)
AT_THE_START = (
    r"auto(?:matic)?\s*:", r"OO[OF]\b", r"away\b", r"absent?e?\s*:", r"abwesen(?:d|heit)\b", r"urlaub\b",
    r"ausente\b|ausencia\b", r"assente\b|assenza\b", r"afwezig\b", r"poissa\b", r"отпуск\b", r"(?:i am|i'm) (?:away|out)\b",
    r"不在", r"外出中", r"休暇中", r"퇴사|휴가",
)  # fmt: skip
AUTOMATIC_SUBJECT = re.compile(
    r"(?:" + "|".join(ANYWHERE) + r")|^\W*(?:" + "|".join(AT_THE_START) + r")",
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
