"""Why a mail came back, told from the words of servers."""

import re
from enum import StrEnum


class Reason(StrEnum):
    """What kind of failure a bounce tells of."""

    UNKNOWN_RECIPIENT = "unknown_recipient"
    DISABLED = "disabled"
    UNKNOWN_HOST = "unknown_host"
    MAILBOX_FULL = "mailbox_full"
    TOO_LARGE = "too_large"
    REJECTED = "rejected"
    TEMPORARY = "temporary"
    OTHER = "other"


HARD = {Reason.UNKNOWN_RECIPIENT, Reason.UNKNOWN_HOST}
WORDS = (
    (Reason.MAILBOX_FULL, r"(?:mail ?box|mailfolder|inbox|maildrop|account|user|disk|storage|space)[^.;\n]{0,40}(?:is |are |was )?(?:full|exceed(?:s|ed)"
     r"|over(?:drawn|flow)?\b|exhausted)|over[- ]?quota|quota (?:exceed|is full|violation|limit)|exceed(?:s|ed|ing)?[^.;\n]{0,40}(?:quota|storage|mailbox size"
     r"|mail ?box limit|allotted|disk)|out of (?:email )?(?:disk )?(?:space|storage)|insufficient (?:disk|system|storage)|mailfull|容量(?:を|が)?(?:超|オーバー|不足|制限)"
     r"|いっぱい|квот|переполнен|qu?ota"),
    (Reason.TOO_LARGE, r"(?:message|mail|size)[^.;\n]{0,50}(?:too (?:large|big|long)|exceeds? (?:the )?(?:fixed |maximum |max|size|limit|administrative))|message (?:file |header )?size"
     r" exceeds|exceeds? (?:maximum|size|the (?:maximum|size|limit)|message size|[^.;\n]{0,30}size limit)|too (?:large|big) (?:message|mail)|maximum (?:message |allowed )?size|サイズ(?:が|制限)"),
    (Reason.REJECTED, r"spam\b|spam(?:haus|cop|assassin)|black ?-?list|block ?-?list|blocked|\brbl\b|dnsbl|uribl|surbl|unsolicited|\bvirus\b|\bpolicy\b|\bspf\b|\bdkim\b|\bdmarc\b|reputation"
     r"|relay(?:ing)?(?: access)? (?:denied|not|prohibited)|not permitted to relay|\brelaying\b|content (?:rejected|filter|denied)|access denied|banned|prohibited"
     r"|not (?:authori[sz]ed|allowed|permitted|accept)|(?:reverse|ptr) (?:dns|record|lookup)|sender (?:address )?(?:rejected|denied|domain)|must be (?:authenticated|resolvable)"
     r"|authentication (?:required|fail|check)|restricted|refused|rejected (?:for|by|due|because|as)|confidence|junk|\bbulk\b|迷惑メール|拒否"),
    (Reason.DISABLED, r"(?:account|mail ?box|user|recipient|address)[^.;\n]{0,60}(?:disabled|inactive|suspended|deactivated|locked|not active|expired|discontinued|closed|dormant)"
     r"|(?:disabled|inactive|suspended|deactivated|discontinued) (?:account|mail ?box|user|recipient|address)|no longer (?:active|in use|available)|onaktiv|заблокирован|неактив"),
    (Reason.UNKNOWN_RECIPIENT, r"(?:user|recipient|addressee?|mail ?box|account|alias|name|local[- ]part|destinat\w+|person|customer|subscriber|member)s?\b[^.;\n]{0,60}?(?:unknown|not (?:be )?(?:found|exist|known|listed|valid|a valid|recogni|available|in |present"
     r"|local)|un(?:known|available|recogni|routeable)|does(?: not|n't) (?:exist|have)|doesn.t have|invalid|rejected|is not|undefined|isn't|could not be (?:found|resolved))|no such|unknown[- ](?:user|recipient|address|mail|local|account|alias)"
     r"|user ?unknown|(?:invalid|bad|illegal|non-?existent|undeliverable|incorrect|wrong) (?:\w+ )?(?:recipient|user|address|mailbox|destination|account|local)|(?:no|not a) (?:valid |local )?(?:mailbox|user|account|recipient|person)\b"
     r"|does(?: not|n't) (?:exist|have an? )|not (?:a )?(?:known|listed|our customer)|who are you|not listed in|has moved|no longer (?:works|employed|with|valid|at|on|exists)|unrouteable address"
     r"|address(?:es)? (?:rejected|unknown)|recipnotfound|couldn't find any host named.*mailbox|存在し(?:な|ま)|見つかりませ|ありません|宛先(?:不明|が)|ユーザ\w*不明|该(?:用户|账号|邮箱)|不存在|нет такого|не существует|не найден"
     r"|mailbox unavailable|nie istnieje|nie ma|nieznany|nicht bekannt|unbekannt|inconnu|inexist|desconocid|desconhecid|sconosciut"),
    (Reason.UNKNOWN_HOST, r"host (?:unknown|not found|or domain|name lookup|lookup|is unreachable|cannot be found)|unknown (?:host|domain|mail host)|domain[^.;\n]{0,40}(?:not (?:found|exist)|invalid|unknown|does)|(?:no|bad|unrouteable|illegal|invalid|unresolvable) (?:mx|host|"
     r"domain|mail domain)|name (?:server|service)[^.;\n]{0,30}(?:not found|error)|nxdomain|no (?:a|mx|dns|valid)[^.;\n]{0,25} record|couldn't find any host|unable to (?:resolve|look up)|no route to host|null mx|name or service not known|type=(?:a|mx)"),
    (Reason.TEMPORARY, r"tim(?:e|ed)[- ]?out|try(?:ing)? again|temporar|deferred|greylist|delayed|too many|rate limit|throttl|connection (?:refused|lost|closed|dropped|reset|died|timed)|unreachable|network|too long|expired|retry|queue|not responding|"
     r"did not respond|loop|hops|system error|local (?:error|configuration)|overload|busy|unable to connect|could not connect|cannot connect|unavailable|遅延|接続"),
)  # fmt: skip
TABLE = tuple((reason, re.compile(words, re.IGNORECASE)) for reason, words in WORDS)
BY_STATUS = {
    "1.0": Reason.UNKNOWN_RECIPIENT,
    "1.1": Reason.UNKNOWN_RECIPIENT,
    "1.2": Reason.UNKNOWN_HOST,
    "1.3": Reason.UNKNOWN_RECIPIENT,
    "1.6": Reason.UNKNOWN_RECIPIENT,
    "1.10": Reason.UNKNOWN_RECIPIENT,
    "1.8": Reason.REJECTED,
    "1.7": Reason.REJECTED,
    "2.1": Reason.DISABLED,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.TOO_LARGE,
    "3.4": Reason.TOO_LARGE,
    "4.4": Reason.UNKNOWN_HOST,
    "4.1": Reason.TEMPORARY,
    "4.7": Reason.TEMPORARY,
    "4.6": Reason.TEMPORARY,
}


def tell_reason(words: str, status: str | None) -> Reason:
    """The reason in the server's own words, else the one that its enhanced status code (RFC 3463) stands for."""
    named = next((reason for reason, pattern in TABLE if pattern.search(words)), None)
    coded = _coded(status)
    return named or coded or Reason.OTHER


def _coded(status: str | None) -> Reason | None:
    if not status:
        return None
    _, _, detail = status.partition(".")
    if detail.startswith("7."):
        return Reason.REJECTED
    return BY_STATUS.get(detail) or (Reason.TEMPORARY if status.startswith("4") else None)
