"""Subjects: what is in front of the real one, and the subject of an answer."""

import re

REPLY_WORDS = (
    r"re|aw|antw?|antwort|sv|vs|vl|odp|rif|rép|resp|回复|回覆|答复|答覆|返信|返|답장|회신|ответ|отв|yan|ynt|atb|bls|aντ"
)
FORWARD_WORDS = r"fwd?|wg|tr|rv|enc|i|转发|轉寄|転送|전달|пересл|ilt|doorst|vb"
COUNT = r"(?:\s*[\[(]\d{1,3}[\])]|\^\d{1,3}|\*\d{1,3})?"
REPLY_PREFIX = re.compile(rf"\s*(?:{REPLY_WORDS}){COUNT}\s*[:：]\s*", re.IGNORECASE)
FORWARD_PREFIX = re.compile(rf"\s*(?:{FORWARD_WORDS}){COUNT}\s*[:：]\s*", re.IGNORECASE)


def is_reply_subject(subject: str) -> bool:
    """Whether a person's program put a reply prefix in front of the subject."""
    return REPLY_PREFIX.match(subject) is not None


def is_forward_subject(subject: str) -> bool:
    """Whether a person's program put a forward prefix in front of the subject."""
    return FORWARD_PREFIX.match(subject) is not None


def without_reply_prefixes(subject: str) -> str:
    """The subject behind all reply prefixes at its start; a forward prefix belongs to it."""
    while match := REPLY_PREFIX.match(subject):
        subject = subject[match.end() :]
    return subject.strip()


def reply_subject(subject: str) -> str:
    """The subject of an answer: one `Re:` and what the customer's mail is about."""
    return f"Re: {without_reply_prefixes(subject)}".strip()


def forward_subject(subject: str) -> str:
    """The subject of a forwarded mail: one `Fwd:` and the subject as it stands behind earlier ones."""
    while match := FORWARD_PREFIX.match(subject):
        subject = subject[match.end() :]
    return f"Fwd: {subject.strip()}".strip()
