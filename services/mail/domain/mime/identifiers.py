"""Message identifiers: Message-ID, In-Reply-To and References, always without angle brackets."""

import re

from services.mail.domain.mime.words import header_text

BRACKETED = re.compile(r"<([^<>]{1,1000})>")
LOOKS_LIKE_ONE = re.compile(r"[^\s<>,;\"]{1,500}@[^\s<>,;\"]{1,500}")
MOST_IDENTIFIERS = 1_000
NO_MESSAGE_ID_DOMAIN = "no-message-id.invalid"


def parse_identifiers(value: bytes) -> tuple[str, ...]:
    """The identifiers of a header value in their order, each once; free text around them is ignored."""
    text = header_text(value)
    found = BRACKETED.findall(text) or LOOKS_LIKE_ONE.findall(text) or text.split()
    joined = ("".join(identifier.split()) for identifier in found)
    return tuple(dict.fromkeys(identifier for identifier in joined if identifier))[:MOST_IDENTIFIERS]


def made_up_identifier(digest: str) -> str:
    """The identifier of a message that came without one, the same for the same bytes."""
    return f"{digest}@{NO_MESSAGE_ID_DOMAIN}"
