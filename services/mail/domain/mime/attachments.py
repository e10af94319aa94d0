"""What came along with a message: every part that is not its body, under a name that is safe to store."""

import re
from dataclasses import dataclass

from services.mail.domain.characters.charsets import decode
from services.mail.domain.characters.tidy import one_line
from services.mail.domain.mime.content import embedded_spans, is_kept
from services.mail.domain.mime.parts import Part, parse_part
from services.mail.domain.mime.transfer import UU_BEGIN, uudecode
from services.mail.domain.mime.words import header_text

EXTENSIONS = {
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "message/global": ".eml",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/csv": ".csv",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
    "image/svg+xml": ".svg",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/xml": ".xml",
    "application/ms-tnef": ".dat",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/pkcs7-mime": ".p7m",
}
MESSAGES = {"message/rfc822", "message/global"}
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """One part that is kept beside the text."""

    filename: str
    raw_filename: str
    content_type: str
    content: bytes
    content_id: str | None = None
    inline: bool = False

    @property
    def size(self) -> int:
        return len(self.content)


def read_attachments(root: Part) -> tuple[Attachment, ...]:
    """Every kept part, and the uuencoded files inside plain text, in the order of the message."""
    found: list[Attachment] = []
    for part in root.walk():
        if is_kept(part) and (part.content or part is not root):
            found.append(_attachment(part, len(found) + 1))
        elif part.type == "text/plain":
            found.extend(_embedded(part.content))
    return tuple(found)


def safe_filename(name: str) -> str:
    """The last component of a name, without what a file system or a screen could take wrongly."""
    last = re.split(r"[\\/]", name)[-1] if re.search(r"[^\\/]\Z", name) else name.strip("\\/")
    safe = UNSAFE.sub("", one_line(last)).strip(" .") if last.strip(". ") else ""
    stem, dot, extension = safe.rpartition(".")
    if len(safe) > LONGEST_NAME:
        return (
            stem[: LONGEST_NAME - len(extension) - 1] + dot + extension if len(extension) < 20 else safe[:LONGEST_NAME]
        )
    return safe


def _attachment(part: Part, number: int) -> Attachment:
    raw_name = part.disposition.get("filename") or part.media.get("name") or ""
    content_id = header_text(part.fields.first("content-id") or b"").strip("<>") or None
    name = safe_filename(raw_name) or _generated_name(part, number)
    return Attachment(
        filename=name,
        raw_filename=raw_name,
        content_type=part.type or "application/octet-stream",
        content=part.content,
        content_id=content_id,
        inline=part.disposition.value == "inline" or (content_id is not None and not part.disposition.value),
    )


def _generated_name(part: Part, number: int) -> str:
    extension = EXTENSIONS.get(part.type, ".txt" if part.main_type == "text" else ".bin")
    if part.type in MESSAGES:
        subject = safe_filename(header_text(parse_part(part.content).fields.first("subject") or b"").replace("/", " "))
        return f"{subject or f'message-{number}'}{extension}"
    return f"attachment-{number}{extension}"


def _embedded(content: bytes) -> list[Attachment]:
    return [_uuencoded(content[begin:end]) for begin, end in embedded_spans(content)]


def _uuencoded(content: bytes) -> Attachment:
    begin = UU_BEGIN.match(content)
    raw_name = one_line(decode(begin[1])) if begin else ""
    return Attachment(
        filename=safe_filename(raw_name) or "attachment.bin",
        raw_filename=raw_name,
        content_type="application/octet-stream",
        content=uudecode(content[begin.end() :] if begin else content),
    )
