"""Message identifiers: Message-ID, In-Reply-To and References, always without angle brackets."""

import re

from services.mail.domain.mime.words import header_text

BRACKETED = re.compile(r"<([^<>]{1,1000})>")
SEPARATORS = re.compile(r'[\s<>,;"]+')
MOST_IDENTIFIERS = 1_000
NO_MESSAGE_ID_DOMAIN = "no-message-id.invalid"


def parse_identifiers(value: bytes) -> tuple[str, ...]:
    """The identifiers of a header value in their order, each once; free text around them is ignored."""
    text = header_text(value)
    words = SEPARATORS.split(text)
    found = BRACKETED.findall(text) or [word for word in words if "@" in word] or words
    joined = ("".join(identifier.split()) for identifier in found)
    return tuple(dict.fromkeys(identifier for identifier in joined if identifier))[:MOST_IDENTIFIERS]


def made_up_identifier(digest: str) -> str:
    """The identifier of a message that came without one, the same for the same bytes."""
    return f"{digest}@{NO_MESSAGE_ID_DOMAIN}"
