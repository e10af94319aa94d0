"""The reading of one raw message, from its bytes to what it says; it never fails."""

from services.mail.domain.characters.language import guess_language
from services.mail.domain.message import ParsedMail
from services.mail.domain.mime.addresses import Address, parse_addresses, parse_author
from services.mail.domain.mime.attachments import read_attachments
from services.mail.domain.mime.content import read_body
from services.mail.domain.mime.dates import parse_date
from services.mail.domain.mime.fields import Fields
from services.mail.domain.mime.identifiers import made_up_identifier, parse_identifiers
from services.mail.domain.mime.parts import Part, parse_part
from services.mail.domain.mime.words import header_text
from services.mail.domain.notices.auto_reply import auto_reply_reason
from services.mail.domain.notices.bounce import find_bounce
from services.mail.domain.quotes.reply import reply_text

MOST_HEADERS = 2_000


def read(raw: bytes, digest: str) -> ParsedMail:
    """What the message says; `digest` names its bytes and stands in for a missing Message-ID."""
    root = parse_part(raw)
    charset = declared_charset(root)
    fields = root.fields
    body = read_body(root, charset)
    subject = header_text(fields.first("subject") or b"", charset)
    headers = tuple((field.name, header_text(field.value, charset)) for field in fields.all[:MOST_HEADERS])
    written = reply_text(body.text)
    own = parse_identifiers(fields.first("message-id") or b"")
    bounce = find_bounce(raw, root, subject, body.text)
    return ParsedMail(
        message_id=own[0] if own else made_up_identifier(digest),
        has_own_message_id=bool(own),
        in_reply_to=_identifiers(fields, "in-reply-to"),
        references=_identifiers(fields, "references"),
        author=parse_author(fields.every("from"), charset),
        to=_addresses(fields, charset, "to"),
        cc=_addresses(fields, charset, "cc"),
        reply_to=_addresses(fields, charset, "reply-to"),
        delivered_to=_addresses(fields, charset, "delivered-to"),
        x_original_to=_addresses(fields, charset, "x-original-to"),
        date=parse_date(header_text(fields.first("date") or b"")),
        subject=subject,
        text=body.text,
        html=body.html,
        reply_text=written,
        language=guess_language(f"{subject}\n{body.text}", charset),
        charset=charset,
        attachments=read_attachments(root),
        auto_reply=auto_reply_reason(headers, subject, written),
        bounce=bounce,
        headers=headers,
    )


def declared_charset(root: Part) -> str | None:
    """The charset that the first part with one declares."""
    return next((charset for part in root.walk() if (charset := part.media.get("charset"))), None)


def _addresses(fields: Fields, charset: str | None, name: str) -> tuple[Address, ...]:
    return tuple(address for value in fields.every(name) for address in parse_addresses(value, charset))


def _identifiers(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for value in fields.every(name) for one in parse_identifiers(value)))
