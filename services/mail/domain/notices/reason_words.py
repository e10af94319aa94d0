"""The words by which mail servers say why they refuse, precise ones before vague ones."""

import re

PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mailbox_full", (
        r"(?:mail ?box|mail ?folder|inbox|maildrop|account|user|disk|storage)[^.;\n]{0,40}"
        r"(?:(?:is |are |was )?(?:full|exceed(?:s|ed)|over(?:drawn|flow)?\b|exhausted))",
        r"over ?-?quota", r"quota (?:exceed|is full|violation|limit|reached)", r"mail ?box ?full", r"mailfull",
        r"exceed(?:s|ed|ing)?[^.;\n]{0,40}(?:quota|storage|mail ?box|allotted|disk)",
        r"out of (?:email |disk )*(?:space|storage)", r"insufficient (?:disk|system|storage)",
        r"user has too many messages", r"(?:容量|ディスク)[^。\n]{0,12}(?:超|オーバー|不足|制限)", r"メールボックス[^。\n]{0,12}いっぱい",
        r"переполнен", r"превыш\w+ квот", r"posteingang voll", r"quota dépassé",
    )),
    ("too_large", (
        r"(?:message|mail)[^.;\n]{0,30} too (?:large|big)", r"(?:message|size)[^.;\n]{0,50}exceeds? (?:the )?(?:fixed |maximum |max|size|limit|administrative)",
        r"exceed(?:s|ed|ing)? (?:the )?(?:maximum|max|size|message size|[^.;\n]{0,30}size limit)", r"too (?:large|big) (?:message|mail)",
        r"message (?:file |header )?(?:size|length) (?:exceeds|limit)", r"message (?:size )?(?:is )?too long", r"サイズ[^。\n]{0,10}(?:超|制限|大き)",
    )),
    ("rejected", (
        r"(?:domain of )?sender(?:'s)? (?:address |domain )?(?:[^\s;]{1,80} )?(?:does not exist|rejected|denied|must resolve|verify failed|not exist|invalid|refused|blocked)",
        r"relay(?:ing)?(?: access)? (?:denied|not|prohibited|operation)", r"not permitted to relay", r"we do not relay", r"my name was rejected",
        r"\bspam\b|spam(?:haus|cop|assassin)", r"\b(?:uribl|surbl|rbl|dnsbl)\b", r"unsolicited", r"\bvirus\b|malware|infected",
        r"(?:black|block|deny) ?-?list(?:ed)?", r"\b(?:spf|dkim|dmarc)\b", r"迷惑メール",
    )),
    ("disabled", (
        r"(?:account|mail ?box|user|recipient|address)[^.;\n]{0,60}(?:disabled|inactive|suspended|deactivated|locked|not active|expired|discontinued|closed|dormant|frozen)",
        r"(?:disabled|inactive|suspended|deactivated|discontinued) (?:e?-?mail )?(?:account|mail ?box|user|recipient|address)",
        r"no longer (?:active|in use|available|accept)", r"заблокирован|неактив", r"停止(?:中|され)",
    )),
    ("unknown_host", (
        r"(?:host|domain)(?: name)?(?: or domain name)?(?: \S{1,80})? (?:unknown|not found|cannot be (?:found|resolved)|is not reachable|does not exist|not exist|lookup fail)",
        r"unknown (?:mail )?(?:host|domain)", r"(?:no|bad|unrouteable|unroutable|illegal|invalid|unresolvable) (?:mx|host|domain|mail domain|dns)\b",
        r"name (?:server|service)[^.;\n]{0,30}(?:not found|error)", r"name or service not known", r"nxdomain|null ?mx", r"couldn't find any host(?! named \S+ mailbox)",
        r"unable to (?:resolve|look ?up)", r"no (?:a|mx|dns|valid)[^.;\n]{0,25} records?", r"domain[^.;\n]{0,40}(?:is (?:not|un|invalid)|isn't in my list)",
        r"ドメイン[^。\n]{0,10}(?:存在|見つか|不明)",
    )),
    ("unknown_recipient", (
        r"(?:user|recipient|addressee?|mail ?box|account|alias|local[- ]part|destination|person|customer|subscriber|member|party)(?:s|\(s\))?\b[^.;\n]{0,60}?"
        r"(?:\bunknown|not (?:be )?(?:found|exist|known|listed|valid|a valid|recogni|in |present|local)|unavailable|un(?:recogni|routeable|deliverable address)"
        r"|does(?: not|n't) (?:exist|have)|invalid|undefined|is not a |isn't|could not be (?:found|resolved)|no longer)",
        r"no such (?:user|recipient|address|person|account|mail ?box|local|name|domain user|alias|customer)", r"no such\b", r"(?:unknown|undefined)[- ](?:user|recipient|addressee?|mail|local|account|alias|or illegal)",
        r"(?:invalid|bad|illegal|non-?existent|incorrect|wrong) (?:[\w-]+ )?(?:recipient|user|address|mail ?box|destination|account|alias|local)", r"no (?:valid )?(?:local )?(?:mail ?box(?:es)?|users?|accounts?|recipients?|persons?)\b",
        r"not a (?:valid|known) (?:mail ?box|user|recipient|account)", r"doesn't have an? [^\n]{0,60}account", r"(?:does not|doesn't|not) (?:exist|a (?:known|valid))",
        r"(?:not|isn't) (?:listed|our customer)", r"user ?unknown|recipnotfound|nosuchuser", r"unrouteable address", r"address(?:es)? (?:unknown|not found)", r"who are you", r"has moved",
        r"no longer (?:works|employed|with|valid|at|on|exists)", r"(?:recipient )?address rejected(?!: (?:access|policy))", r"couldn't be found", r"5\.1\.1\b", r"542 \S+ rejected",
        r"存在し(?:な|ま)|見つかりませ|リストにありません|(?:宛先|あて先|ユーザ\w*|アドレス)[^。\n]{0,10}(?:不明|誤|間違|ありません)|不明な(?:宛先|ユーザ)",
        r"用户(?:不存在|未知)|不存在|查无此人|nie istnieje|nieznany|nicht bekannt|unbekannt|inconnu|inexist|desconocid|desconhecid|sconosciut|не существует|не найден|нет такого",
        r"unable to deliver message to <[^>\n]{1,200}> \(and other",
    )),
    ("temporary", (
        r"frequency limited|too many|rate limit|throttl", r"tim(?:e|ed)[- ]?out", r"try(?:ing)? again", r"temporar", r"deferred", r"gr[ea]ylist", r"connection (?:refused|lost|closed|dropped|reset|died|timed|failed)",
        r"unreachable", r"queue too long|in the queue too|for too long", r"expired", r"failed \d+ attempts", r"not responding|did not respond|no answer", r"\bloop|too many hops", r"(?<!mail )system error|local (?:error|configuration)",
        r"overload|busy", r"(?:unable to|could not|cannot|wasn't able to) (?:connect|establish)", r"network (?:error|problem)", r"遅延|接続(?:できま|に失敗)",
    )),
    ("rejected", (
        r"\bpolicy\b", r"reputation", r"content (?:rejected|filter|denied)", r"access (?:denied|not allowed)", r"banned|prohibited", r"not (?:authori[sz]ed|allowed|permitted|accepted|accepting)", r"(?:reverse|ptr) (?:dns|record|lookup)",
        r"authentication (?:required|fail|check)", r"restricted", r"refused", r"reject(?:ed|e)?\b", r"blocked", r"\bjunk\b|\bbulk\b", r"permission to post", r"拒否|権限", r"confidence",
    )),
)  # fmt: skip
WORDS = tuple((reason, re.compile("|".join(phrases), re.IGNORECASE)) for reason, phrases in PHRASES)
