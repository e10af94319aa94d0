"""The signed name of a thread, carried by our mails and found again in the answers to them.

Letters are compared without case, because some systems change it: ids are ULIDs, signatures are base32.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.mail.domain.message import ParsedMail

SIGNATURE_BYTES = 10
ULID = "[0-9a-hjkmnp-tv-z]{26}"
TOKEN = re.compile(
    rf"(?<![0-9a-z])mdg\.(?P<thread>{ULID})(?:\.(?P<message>{ULID}))?\.(?P<signature>[a-z2-7]{{16}})(?![0-9a-z])",
    re.IGNORECASE,
)


class Place(StrEnum):
    """Where in a mail a token was found, the surest first."""

    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    BOUNCED = "bounced"
    REPLY_TO = "reply_to"
    TO = "to"
    CC = "cc"
    DELIVERED_TO = "delivered_to"
    X_ORIGINAL_TO = "x_original_to"
    SUBJECT = "subject"


@dataclass(frozen=True)
class FoundToken:
    """A thread that a valid token names, the message if it names one, and where it stood."""

    thread: str
    message: str | None
    place: Place


def make_token(secret: bytes, thread: str, message: str | None = None) -> str:
    """The token of a thread, or of one message in it; `thread` and `message` are ULIDs."""
    named = ".".join(filter(None, ("mdg", thread.lower(), (message or "").lower())))
    return f"{named}.{_signature(secret, named)}"


def message_id(secret: bytes, thread: str, message: str, domain: str) -> str:
    """The Message-ID of a mail of ours, without angle brackets."""
    return f"{make_token(secret, thread, message)}@{domain.lower()}"


def plus_address(secret: bytes, thread: str, address: str) -> str:
    """An address of ours that leads an answer to its thread: `support+mdg...@example.jp`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{make_token(secret, thread)}@{domain}"


def find_token(mail: ParsedMail, secret: bytes) -> FoundToken | None:
    """The first token in the mail whose signature is ours."""
    for place, text in _places(mail):
        for match in TOKEN.finditer(text):
            if _is_ours(match, secret):
                message = match["message"]
                return FoundToken(match["thread"].upper(), message.upper() if message else None, place)
    return None


def is_own_mail(mail: ParsedMail, secret: bytes) -> bool:
    """Whether the mail is one of ours that came back: its own Message-ID is a token of ours."""
    return any(_is_ours(match, secret) for match in TOKEN.finditer(mail.message_id))


def _places(mail: ParsedMail) -> Iterator[tuple[Place, str]]:
    identifiers = ((Place.IN_REPLY_TO, mail.in_reply_to), (Place.REFERENCES, mail.references[::-1]))
    for place, found in identifiers:
        yield from ((place, identifier) for identifier in found)
    if mail.bounce and mail.bounce.original_message_id:
        yield Place.BOUNCED, mail.bounce.original_message_id
    addressed = (
        (Place.REPLY_TO, mail.reply_to),
        (Place.TO, mail.to),
        (Place.CC, mail.cc),
        (Place.DELIVERED_TO, mail.delivered_to),
        (Place.X_ORIGINAL_TO, mail.x_original_to),
    )
    for place, addresses in addressed:
        yield from ((place, address.address) for address in addresses)
    yield Place.SUBJECT, mail.subject


def _is_ours(match: re.Match[str], secret: bytes) -> bool:
    named, _, signature = match[0].lower().rpartition(".")
    return hmac.compare_digest(_signature(secret, named), signature)


def _signature(secret: bytes, named: str) -> str:
    digest = hmac.new(secret, named.encode("ascii"), hashlib.sha256).digest()[:SIGNATURE_BYTES]
    return base64.b32encode(digest).decode("ascii").lower()
