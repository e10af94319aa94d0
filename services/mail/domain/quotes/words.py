"""The words with which mail programs introduce what they quote, in the languages of their users."""

import re

WROTE = (
    r"(?<!\w)(?:wrote|writes|schrieb|geschrieben|hat geschrieben|a écrit|écrit|a ecrit|escribió|escribio|escreveu"
    r"|ha scritto|scrisse"
    r"|schreef|skrev|skreiv|skrifaði|kirjoitti|napisał(?:\(a\)|a)?|napisal(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?"
    r"|napísal(?:\(a\)|a)?|je napisa[ol]"
    r"|napisao|írta|ezt írta|a scris|yazdı|şunu yazdı|şunları yazdı|έγραψε|написал(?:\(а\)|а)?|пишет"
    r"|писал(?:\(а\)|а)?|написав(?:\(ла\))?|пише"
    r"|написа|menulis|tulis|đã viết|viết|va escriure|rakstīja|rašė|kirjutas|idatzi zuen|scribis)(?!\w)"
    r"|书写|写道|寫道|来信|作成|작성|님이 (?:작성|쓴)|書きました|書いた|曰く|(?:から)?の(?:メール|メッセージ)"
    r"|เขียน(?:ว่า)?|כתב(?:/ה|ה)?|كتب"
)
SENT = r"(?<!\w)(?:sent|said|says|replied|hat gesagt|sagte|envoyé|ha inviato|отправил[аи]?)(?!\w)"

FROM = (
    r"from|von|de|da|van|fra|från|lähettäjä|od|feladó|küldő|от|від|gönderen|kimden|από|expéditeur|remitente"
    r"|mittente|nadawca|expeditor|odesílatel|odosielateľ"
    r"|发件人|发自|寄件者|寄件人|보낸 ?사람|발신|差出人|送信者|送信元|発信者|מאת|من|từ|dari|จาก|saatja|nuo"
)
DATE = (
    r"sent|date|gesendet|datum|envoyé|enviado(?: el| em)?|fecha|data|inviato|verzonden|sendt|dato|skickat"
    r"|päivämäärä|lähetetty|wysłano|odesláno|dátum|odoslané|elküldve|küldve|trimis"
    r"|отправлено|дата|надіслано|gönderildi|tarih|ημερομηνία|στάλθηκε|发送时间|发送日期|時間|日期|时间|傳送日期"
    r"|寄件日期|보낸 ?날짜|날짜|날짜/시간|送信日時|送信日|日時|日付|受信日時|送信済み|נשלח|תאריך|أُرسلت|تاريخ"
    r"|ngày|tanggal|วันที่|saadetud"
)
TO = (
    r"to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|címzett|către|кому|kime|alıcı|προς|destinataire"
    r"|destinatario|destinatário|收件人|收件者|받는 ?사람|수신|宛先|受信者|送信先"
    r"|אל|إلى|đến|kepada|ถึง|saaja|kam"
)
SUBJECT = (
    r"subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|tárgy|subiect"
    r"|тема|konu|θέμα|主题|主旨|標題|主題|제목|件名|題名|表題|נושא|موضوع|chủ đề|perihal|เรื่อง|teema"
)
LABELS = {"from": FROM, "date": DATE, "to": TO, "subject": SUBJECT}
LABEL = {
    kind: re.compile(rf"(?:^|(?<=\s))[*_]{{0,2}}(?:{names})[*_]{{0,2}}[ \t\u00a0]?[:：]", re.IGNORECASE)
    for kind, names in LABELS.items()
}
LABEL_START = re.compile(rf"^[*_\s]{{0,4}}(?:{'|'.join(LABELS.values())})[*_]{{0,2}}[ \t\u00a0]?[:：]", re.IGNORECASE)

ORIGINAL = (
    r"original|ursprünglich|origine|originale|oorspronkelijk|oprindelig|opprinnelig|ursprunglig|alkuperäinen"
    r"|oryginaln|původní|pôvodn|eredeti|исходн|оригинал|вихідн|orijinal|özgün"
    r"|αρχικό|reply|antwort|forward|weitergeleitet|transféré|reenviad|encaminhad|inoltrat|doorgestuurd|videresend"
    r"|vidarebefordra|välitetty|przekazan|přeposlan|пересыл|пересланн|iletilen"
    r"|原始|原邮件|原郵件|回复|转发|轉寄|元の|オリジナル|転送|原文|원본|전달"
)
MESSAGE = (
    r"message|nachricht|mail|mensaje|mensagem|messaggio|bericht|meddelelse|melding|meddelande|viesti|wiadomoś"
    r"|zpráva|správa|üzenet|mesaj|сообщени|письм|повідомлен|ileti|μήνυμα"
    r"|邮件|郵件|信件|メッセージ|メール|메시지|메일|本文"
)
SEPARATOR = re.compile(
    rf"^[*_>\s]{{0,4}}[-_=＿ー─━]{{2,}}[ \t]*[*]?(?=[^\n]{{0,60}}(?:{ORIGINAL}))(?=[^\n]{{0,60}}(?:{MESSAGE}|原文"
    rf"|회신))[^\n]{{2,60}}?[ \t]*[*]?[-_=＿ー─━]{{2,}}[*_\s]{{0,4}}$"
    r"|^[*_>\s]{0,4}(?:begin forwarded message|anfang der weitergeleiteten nachricht"
    r"|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|início da mensagem (?:encaminhada"
    r"|reenviada)"
    r"|inizio messaggio inoltrato|转发的消息|開始轉寄郵件|転送されたメッセージ|전달된 메시지 시작)\s?[:：]?\s*$"
    r"|(?:reply above this line|type your reply above|write above this line|この(?:行|線)より上(?:に|へ|で)"
    r"|この上に返信)",
    re.IGNORECASE,
)
