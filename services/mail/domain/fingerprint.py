"""What makes two deliveries the same mail, whatever way each of them took."""

import hashlib

from services.mail.domain.mime.fields import split_fields

SAME_FIELDS = ("from", "to", "cc", "date", "subject", "message-id")


def fingerprint(raw: bytes) -> str:
    """SHA-256 in hexadecimal over the fields that its writer gave it and the body.

    Trace fields, line endings, the folding of fields and empty lines at the end make no difference.
    """
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    fields, body = split_fields(raw, 0, len(raw))
    digest = hashlib.sha256()
    for name in SAME_FIELDS:
        for value in fields.every(name):
            digest.update(name.encode() + b":" + b" ".join(value.split()) + b"\x00")
    digest.update(b"\x00" + raw[body:].rstrip(b"\n"))
    return digest.hexdigest()
