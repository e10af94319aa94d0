"""Our own mail as it comes back inside a bounce."""

import re

from services.mail.domain.mime.attachments import MESSAGES
from services.mail.domain.mime.content import part_text
from services.mail.domain.mime.fields import Fields
from services.mail.domain.mime.identifiers import parse_identifiers
from services.mail.domain.mime.parts import Part, parse_part

COPIED_MESSAGE_ID = re.compile(r"^[> \t]*Message-ID:\s*<([^<>\s]{3,500})>", re.IGNORECASE | re.MULTILINE)


def returned_fields(root: Part) -> Fields | None:
    """The header fields of our mail, where it came back as a part."""
    for part in root.walk():
        if part.type in MESSAGES:
            return parse_part(part.content).fields
        if part.type == "text/rfc822-headers":
            return parse_part(part_text(part).encode("utf-8", "replace")).fields
    return None


def returned_message_id(root: Part, text: str) -> str | None:
    """The Message-ID of our mail, from the returned part or from a copy in the text."""
    fields = returned_fields(root)
    found = parse_identifiers(fields.first("message-id") or b"") if fields else ()
    copied = COPIED_MESSAGE_ID.search(text)
    return found[0] if found else copied[1] if copied else None
