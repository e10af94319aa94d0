"""Our reading of a mail in the form that the shared corpus of real mails is scored by."""

from typing import Any

from services.mail.domain.message import ParsedMail
from services.mail.domain.reading import read


def parse(raw: bytes) -> dict[str, Any]:
    """One raw message as the corpus's normalised result."""
    mail = read(raw, digest="0" * 64)
    return {**_envelope(mail), **_content(mail), **_notices(mail)}


def _envelope(mail: ParsedMail) -> dict[str, Any]:
    return {
        "from_address": mail.author.address if mail.author else "",
        "from_name": mail.author.name if mail.author else "",
        "to": [address.address for address in mail.to],
        "cc": [address.address for address in mail.cc],
        "message_id": mail.message_id,
        "in_reply_to": " ".join(f"<{identifier}>" for identifier in mail.in_reply_to),
        "references": list(mail.references),
    }


def _content(mail: ParsedMail) -> dict[str, Any]:
    return {
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "reply_text": mail.reply_text,
        "attachments": [
            {"filename": kept.filename, "size": kept.size, "content_type": kept.content_type}
            for kept in mail.attachments
        ],
    }


def _notices(mail: ParsedMail) -> dict[str, Any]:
    bounce = mail.bounce
    return {
        "is_auto_reply": mail.is_auto_reply,
        "is_bounce": mail.is_bounce,
        "bounce_recipients": list(bounce.recipients) if bounce else [],
        "bounce_status": bounce.status if bounce else None,
        "bounce_hard": bounce.hard if bounce else None,
        "bounce_reason": bounce.reason if bounce else None,
    }
