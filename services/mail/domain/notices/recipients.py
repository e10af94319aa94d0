"""Whom a bounce without a report was meant for, by the forms in which mail servers write it.

flufl.bounce knows some forty formats word by word; the general forms here find what it does not know.
"""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.errors import MessageError

from flufl.bounce import all_failures

from services.mail.domain.notices.report import ADDRESS

LONGEST_SCAN = 64 * 1024
MOST_SCANNED_LINES = 2_000
AT = r"[^\s<>,;:\"'()\[\]@]{1,100}@[^\s<>,;:\"'()\[\]]{1,255}\w(?![\w-]|\.\w)"
COPY_BEGINS = re.compile(
    r"^[-=_*#> \t]{0,80}(?:(?:here|below|this|following|the following) (?:is|are) (?:a |the |your )*(?:copy|first|beginning|text|headers?|contents?|original|returned|full|message you)\b"
    r"|(?:below|following) (?:this line|is)|(?:original|returned|unsent|undelivered|your|rejected|bounced) (?:message|mail|e-?mail)"
    r"(?: (?:headers?|text|follows|below|body|information|details|attached))?|message headers?|headers? of|header|copy of (?:your|the)|text of|content of|start of|begin(?:ning)? of|first \d+ lines|received: (?:from|by) |return-path: |"
    r"included is|the (?:first|header|text|body)[^\n]{0,60}(?:message|follow|mail)|元のメッセージ|(?:以下|下記)[^\n]{0,12}(?:元の|オリジナル|ヘッダ)|-+ ?(?:returned|original|unsent) )",
    re.IGNORECASE | re.MULTILINE,
)
FORMS = tuple(
    re.compile(form.replace("AT", AT), re.IGNORECASE | re.MULTILINE)
    for form in (
        r"^[ \t]*(?:to|recipients?|rcpt to|address|user|destination|addressee|e-?mail|failed recipients?|final-recipient|original-recipient"
        r"|宛先|送信先|受信者|あて先)(?: address)?(?:es|s|\(s\))?[ \t]*[:：=][ \t]*(?:rfc822;[ \t]*)?\"?[^\n<@]{0,60}?<?(AT)",
        r"^[ \t]*<(AT)>[: \t]*(?:$|\W)",
        r"^[ \t]*\"?(AT)\"?[ \t]*(?:$|[:;,(\-.]|\.\.\.)",
        r"rcpt to:[ \t]*<?(AT)",
        r"\b[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3})?[^\n@<]{0,80}?<?(AT)",
        r"<(AT)>[.:]{0,3}[^\n]{0,60}(?:unknown|not found|reject|fail|full|exist|denied|unavailable|disabled|quota|invalid)",
        r"(?:to|for|address|recipient|user|account|mailbox|宛先|アドレス)[^\n@<]{0,40}?[<\"' (\[](AT)",
        r"(AT)",
    )
)  # fmt: skip
NOT_RECIPIENTS = re.compile(
    r"^(?:mailer-daemon|postmaster|mdaemon|abuse|hostmaster|webmaster|support|help|root|system|double-bounce|noreply|no-reply)@"
    r"|@(?:[\d.]+$|localhost$)|\.(?:png|jpe?g|gif)$",
    re.IGNORECASE,
)


def scanned_recipients(raw: bytes) -> tuple[list[str], list[str]]:
    """The addresses that flufl.bounce finds in the message: those that still wait, and those that failed."""
    start = b"\n".join(raw[:LONGEST_SCAN].split(b"\n")[:MOST_SCANNED_LINES])
    try:
        waiting, failed = all_failures(message_from_bytes(start))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return [], []  # its detectors trust that mail is well formed
    return _addresses(waiting), _addresses(failed)


def written_recipients(notice: str, not_these: Iterable[str]) -> list[str]:
    """The addresses that the notice itself names, by the first form that names any."""
    refused = {address.lower() for address in not_these}
    for form in FORMS:
        found = list(dict.fromkeys(match[1].rstrip(".") for match in form.finditer(notice)))
        fitting = [
            address for address in found if address.lower() not in refused and not NOT_RECIPIENTS.search(address)
        ]
        if fitting:
            return fitting
    return []


def without_copy(text: str) -> str:
    """The notice up to the place where the copy of our own mail begins."""
    for copy in COPY_BEGINS.finditer(text):
        if text[: copy.start()].strip():
            return text[: copy.start()]
    return text


def copied_recipients(text: str) -> Iterator[str]:
    """The addresses in a To line of a copy that stands in the text."""
    for line in re.findall(r"^[> \t]*To:([^\n]*(?:\n[ \t]+[^\n]+)*)", text, re.IGNORECASE | re.MULTILINE)[:3]:
        yield from ADDRESS.findall(line)


def _addresses(found: Iterable[bytes | str]) -> list[str]:
    texts = (item.decode("ascii", "ignore") if isinstance(item, bytes) else item for item in found)
    return sorted({text.strip("<>") for text in texts if "@" in text})
