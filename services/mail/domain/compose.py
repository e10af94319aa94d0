"""A mail of ours, from its values to the bytes that are handed over (RFC 5322, RFC 2045, RFC 2231)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

from services.mail.domain.characters.japanese import answers_in_jis, in_jis
from services.mail.domain.mime.addresses import Address
from services.mail.domain.mime.encoding import address_field, identifier_field, one_line_only, text_field
from services.mail.domain.mime.writing import Entity, attached, mixed, text_part

MOST_REFERENCES = 20
LONGEST_IDENTIFIER = 300


@dataclass(frozen=True, kw_only=True)
class File:
    """One attachment of a mail that is being sent."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A mail as it shall be sent. Identifiers have no angle brackets; `date` is aware; Bcc is for the envelope only.

    `answered_charset` is the charset of the mail that it answers: an answer to ISO-2022-JP goes out in it, when it
    holds every character, because who writes so may have a program that reads nothing else.
    """

    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    text: str = ""
    html: str | None = None
    message_id: str
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    date: datetime
    files: tuple[File, ...] = ()
    answered_charset: str | None = None
    extra_headers: tuple[tuple[str, str], ...] = ()


def compose(mail: Outgoing) -> bytes:
    """The whole message, with CRLF.

    Raises BrokenHeader and UnsendableAddress.
    """
    names = (mail.subject, *(address.name for address in (mail.sender, *mail.to, *mail.cc, *mail.reply_to)))
    charset = "utf-8"
    if mail.html is None and answers_in_jis(mail.answered_charset, (*names, mail.text)):
        charset = "iso-2022-jp"
        mail = _in_jis(mail)
    return "\r\n".join([*_fields(mail, charset), ""]).encode("ascii") + _content(mail, charset).to_bytes()


def thread_references(in_reply_to: str | None, references: Sequence[str]) -> tuple[str, ...]:
    """The References of an answer: those of the answered mail and itself, the first and the latest when many."""
    known = (identifier for identifier in (*references, in_reply_to or "") if 0 < len(identifier) <= LONGEST_IDENTIFIER)
    distinct = tuple(dict.fromkeys(known))
    return distinct if len(distinct) <= MOST_REFERENCES else (distinct[0], *distinct[-(MOST_REFERENCES - 1) :])


def _fields(mail: Outgoing, charset: str) -> list[str]:
    fields = [
        f"Date: {format_datetime(mail.date)}",
        address_field("From", [mail.sender], charset),
        *(address_field(name, people, charset) for name, people in _addressed(mail) if people),
        text_field("Subject", mail.subject, charset),
        identifier_field("Message-ID", [mail.message_id]),
    ]
    if mail.in_reply_to:
        fields.append(identifier_field("In-Reply-To", [mail.in_reply_to]))
    if references := thread_references(mail.in_reply_to, mail.references):
        fields.append(identifier_field("References", references))
    extra = (text_field(one_line_only("header", name), value, charset) for name, value in mail.extra_headers)
    return [*fields, *extra, "MIME-Version: 1.0"]


def _addressed(mail: Outgoing) -> tuple[tuple[str, tuple[Address, ...]], ...]:
    return (("To", mail.to), ("Cc", mail.cc), ("Reply-To", mail.reply_to))


def _content(mail: Outgoing, charset: str) -> Entity:
    text = text_part(mail.text, "plain", charset)
    body = text
    if mail.html is not None:
        body = mixed("alternative", [text, text_part(mail.html, "html", charset)])
    files = [attached(file.filename, file.content_type, file.content) for file in mail.files]
    return mixed("mixed", [body, *files]) if files else body


def _in_jis(mail: Outgoing) -> Outgoing:
    return replace(
        mail,
        subject=in_jis(mail.subject),
        text=in_jis(mail.text),
        sender=_named_in_jis(mail.sender),
        to=tuple(map(_named_in_jis, mail.to)),
        cc=tuple(map(_named_in_jis, mail.cc)),
        reply_to=tuple(map(_named_in_jis, mail.reply_to)),
    )


def _named_in_jis(address: Address) -> Address:
    return replace(address, name=in_jis(address.name))
