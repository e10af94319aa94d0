"""The signs by which a mail that carries no report is known as a bounce."""

import re

CERTAIN_DAEMON = re.compile(r"\bmailer[-_ ]?daemon\b|\bmail delivery (?:sub)?system\b", re.IGNORECASE)
DAEMON = re.compile(
    r"mailer[-_ ]?daemon|mail[-_ ]?daemon|mdaemon|post[-_ ]?master|mail delivery (?:sub)?system|delivery[-_ ]?(?:system|service"
    r"|subsystem|status)|mail (?:system|administrator|router)|system administrator|non[-_]?delivery|undeliver|bounces?\b"
    r"|internet mail (?:delivery|service)|postoffice|mail-?errors|mailer@|smtp@|システム管理者",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"\bundeliver(?:able|ed|y)|\breturned (?:e-?)?mail\b|\breturn(?:ed)? to sender|\bfailure noti(?:ce|fication)"
    r"|\b(?:mail|message|e-?mail)? ?deliver[ey]*:? ?(?:status ?(?:notification)?|fail(?:ed|ure)?|err(?:or|ors)|problem|warning|has failed"
    r"|report|delay(?:ed)?|notification|not ?possible|incomplete|unsuccessful|rejected|impossible)"
    r"|\bdeliver[a-z]* (?:of|for) .{0,80}(?:failed|unsuccessful)|\bnon[- ]?deliver|\bnot ?delivered|\bcould ?n[o']t (?:be )?"
    r"(?:send|sent|deliver)|\bcannot (?:be )?(?:send|sent|deliver)|\bunable to deliver|\bmail (?:system )?(?:err|fail|could not|"
    r"undeliv|rejected|returned|non)|\bmessage (?:status|delayed|rejected|undeliv|not sent|could not|you sent blocked|blocked|"
    r"bounced|returned|error)|\b(?:e-?mail|message) (?:was )?(?:blocked|bounced|rejected|returned)|\bdelayed mail|\bbounced? "
    r"(?:mail|message|e-?mail)|\berror (?:sending|delivering|mail|de env)|\bmailbox (?:full|unavailable|over quota|is full)"
    r"|\b(?:user|recipient|address|host) (?:unknown|not found)|\bunknown (?:user|address|recipient|mailbox)|\bnondeliverable"
    r"|\bnachricht nicht|\bunzustellbar|\bnicht zustellbar|\bzustell(?:ung|fehler|bericht)|\bübermittlungsfehler|\brückläufer"
    r"|\bnon remis|\béchec (?:de|d'|lors|\()|\bnon distribu|\bmessage non d[ée]livr|\bremise impossible|\bfalha (?:na|de|ao)"
    r"|\bn[ãa]o (?:foi )?(?:p[ôo]de|poss[íi]vel|entreg)|\bno se (?:pudo|puede|ha podido|entreg)|\bfall[oa] (?:en|de) (?:la )?entrega"
    r"|\bno entregado|\bdevuelto|\bmancat[ao] (?:consegna|recapito)|\bimpossibile (?:recapit|consegn)|\bonbestelbaar"
    r"|\bniet (?:afgeleverd|bezorgd|bestelbaar)|\bniedostarcz|\bnie dostarczono|\bnie można dostarczyć|\bzwrot|\bnedoručiteln"
    r"|\bkunde inte leverer|\bolevererbar|\bkan ikke leveres|\bulevert|\bteslim edilem|\bне (?:может быть )?доставлен"
    r"|\bнедоставлен|\bне удалось доставить|\bошибка доставки|\bневозможно доставить|\bвозврат"
    r"|退信|无法(?:投递|传递|送达)|未送达|投递失败|退件|無法(?:投遞|傳遞|傳送|送達)|未傳遞|배달(?:되지| ?실패| ?못)|전송 ?실패|반송"
    r"|(?:配信|配送|送信|送達|配達)(?:でき|不能|エラー|失敗|不可|状況|遅延|が遅れ|されませ)|未配達|不達|宛先不明|返送|エラーメール"
    r"|送れませんでした|届きませんでした|送信(?:に失敗|することができ)|メール(?:システム)?エラー|配信(?:に失敗|することができ)",
    re.IGNORECASE,
)
PHRASES = re.compile(
    r"could(?: ?n[o']t| not) be (?:delivered|sent|completed|reached)|(?:not|n't) (?:been )?(?:able to )?deliver(?:ed|able|y)?\b"
    r"|(?:was|is|were|been|message) undeliver(?:able|ed)|undeliverable (?:message|mail|to|because)"
    r"|permanent (?:fatal )?(?:delivery )?(?:error|failure)|delivery (?:to|of|for|attempt)[^\n]{0,200}? (?:failed|has failed|delayed)"
    r"|(?:address(?:es)?|recipients?)(?:\(e?s\))? (?:had|failed|have|could|was|were|has|did)|following (?:address|recipient|destination|user)"
    r"|user (?:is )?unknown|unknown (?:user|recipient|mailbox|address|local)|no such (?:user|recipient|address|mailbox|person)"
    r"|mailbox (?:is )?(?:full|unavailable|not found|unknown|disabled|inactive|does)|(?:does not|doesn't) (?:exist|have an? )|over ?quota"
    r"|quota exceeded|exceed(?:s|ed|ing)? (?:the )?(?:mailbox|storage|quota|maximum|size|limit)|(?:was|been|message) (?:rejected|refused|bounced)"
    r"|returned to (?:you|sender|the sender)|returning (?:the|your|this) (?:message|mail)|(?:mail|message) (?:has been|is being|was) returned|been postponed|giving up on|i'm afraid i wasn't able"
    r"|unable to (?:deliver|relay|send|complete)|(?:delivery|message|mail) (?:has )?(?:failed|was not|not delivered)|host (?:not found|unknown)"
    r"|reason for (?:failure|return)|^\W{0,10}(?:\S{1,80}[ \t]{1,5})?(?:smtp[^\n]{0,40})?[45]\d\d[ -](?:#?[45]\.\d\.\d|\S+)"
    r"|recipient(?:'s)? (?:address|name|mailbox)|session transcript|said: ?5\d\d|\b5\d\d[ -]#?5\.\d+\.\d+|transcript of session"
    r"|konnte nicht|nicht zugestellt|n'a pas pu|n'a pu être|no se pudo|no pudo ser|non è stato possibile|non (?:è )?stat[oa] (?:recapit|consegn)"
    r"|não (?:foi|pôde|pode)|nie (?:mógł|mogła|może) (?:być|zostać) dostarczon|не (?:может быть|было|была|был) доставлен"
    r"|не удалось доставить|недоставлен|无法|退回|無法|배달되지|전송되지"
    r"|送信できませんでした|配信できませ|配送(?:でき|され)ませ|届(?:き|け)(?:ませ|られ)|返送|エラーのため|存在し(?:ま|な)|見つかりませ|送れませ"
    r"|リストにありません|不明(?:な|の)?(?:ユーザ|宛先)|配達(?:でき|され)ませ|受信(?:拒否|でき)|宛先不明",
    re.IGNORECASE | re.MULTILINE,
)
SERVER_SAID = re.compile(r"\b[45]\d\d[ -]{1,3}#?[45]\.\d{1,2}\.\d{1,3}\b|\(#[45]\.\d\.\d\)|\brcpt to:", re.IGNORECASE)
STILL_TRYING = re.compile(
    r"will (?:keep|continue) (?:on )?(?:try|attempt)|will be (?:retried|re-?attempted|tried)|still (?:being|trying|in the queue)"
    r"|(?:this is a|warning message|just a) warning|warning message only|warning: (?:could|message)|do not need to (?:resend|retry)"
    r"|don't need to resend|no action is required on your part|not yet been delivered|has been delayed|delivery (?:is|was) delayed"
    r"|will continue to be|not been delivered yet|attempts to deliver the message will continue|配信が遅れ|配送が遅れ|再送を(?:続け|試み)"
    r"|引き続き(?:配信|配送|送信)|versucht weiterhin|weitere zustellversuche",
    re.IGNORECASE,
)
STILL_TRYING_SUBJECT = re.compile(
    r"\bdelay|\bwarning\b|still being retried|遅延|遅れ|retardé|verzöger|отложен", re.IGNORECASE
)
GAVE_UP = re.compile(
    r"giving up|gave up|permanent|too long|expired|final attempt|fatal error|returned to sender|undeliverable:",
    re.IGNORECASE,
)
