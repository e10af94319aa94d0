"""Delivery reports in the form of RFC 3464, and the nearly conforming ones of real servers."""

import re
from dataclasses import dataclass

from services.mail.domain.mime.fields import Fields, split_fields
from services.mail.domain.mime.parts import Part
from services.mail.domain.mime.words import header_text

REPORT_TYPES = {"message/delivery-status", "message/global-delivery-status"}
BLOCK_BREAK = re.compile(rb"\r?\n[ \t]*\r?\n")
ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]@]{1,100}@[^\s<>,;:\"'()\[\]]{1,255}")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
RECIPIENT_FIELDS = ("original-recipient", "final-recipient", "x-actual-recipient")
REPORT_FIELD = re.compile(rb"^final-recipient:", re.IGNORECASE | re.MULTILINE)
LONGEST_TEXT = 100_000
MOST_BLOCKS = 2_000


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What a report says of one recipient."""

    recipient: str
    action: str
    status: str | None
    diagnostic: str

    @property
    def coded(self) -> str | None:
        """The enhanced status code in the words of the server that refused."""
        found = STATUS.search(self.diagnostic)
        return found[1] if found else None


def read_report(root: Part) -> tuple[Delivery, ...]:
    """One delivery for each recipient that the message's delivery reports name."""
    return tuple(found for part in root.walk() if part.type in REPORT_TYPES for found in _deliveries(part.content))


def read_unlabelled_report(root: Part) -> tuple[Delivery, ...]:
    """The same out of text parts, into which some servers write their report."""
    texts = (part for part in root.walk() if part.main_type == "text" and REPORT_FIELD.search(part.body))
    return tuple(found for part in texts for found in _deliveries(part.content[:LONGEST_TEXT]))


def _deliveries(content: bytes) -> list[Delivery]:
    blocks = [block for block in BLOCK_BREAK.split(content)[:MOST_BLOCKS] if block.strip()]
    fields = [split_fields(block.strip(), 0, len(block.strip()))[0] for block in blocks]
    return [delivery for block in fields if (delivery := _delivery(block))]


def _delivery(fields: Fields) -> Delivery | None:
    named = [_recipient(value) for name in RECIPIENT_FIELDS for value in fields.every(name)]
    recipient = next(filter(None, named), "")
    action = _text(fields, "action").split(" ")[0].split(";")[0].lower()
    if not named and not action:
        return None
    status = STATUS.search(_text(fields, "status"))
    diagnostic = " ".join(header_text(value) for value in fields.every("diagnostic-code", "x-supplementary-info"))
    return Delivery(recipient=recipient, action=action, status=status[1] if status else None, diagnostic=diagnostic)


def _recipient(value: bytes) -> str:
    """The address of `rfc822; <address>`, or nothing when it is of another kind."""
    text = header_text(value)
    found = ADDRESS.search(re.sub(r"\s+(?=[@.])|(?<=[@.])\s+", "", text))
    return found[0].rstrip(".") if found else ""


def _text(fields: Fields, name: str) -> str:
    return header_text(fields.first(name) or b"")
