"""Raw messages for the tests of reading; a test names only what matters."""

import base64

from services.mail.domain.message import ParsedMail
from services.mail.domain.reading import read

DIGEST = "0" * 64


def raw_mail(body: bytes = b"Hello", **fields: str | bytes) -> bytes:
    """A message with these fields, whose names have `_` for `-`."""
    usual: dict[str, str | bytes] = {"From": "Taro <taro@example.com>", "To": "desk@example.jp", "Subject": "Hello"}
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode("utf-8"))
        for name, value in (usual | given).items()
        if value
    ]
    return b"\r\n".join([*lines, b"", body])


def read_mail(body: bytes = b"Hello", **fields: str | bytes) -> ParsedMail:
    """What such a message says."""
    return read(raw_mail(body, **fields), DIGEST)


def read_multipart(*parts: bytes, subtype: str = "mixed", **fields: str | bytes) -> ParsedMail:
    """What a message of these parts says."""
    return read_mail(joined(*parts), Content_Type=f'multipart/{subtype}; boundary="limit"', **fields)


def joined(*parts: bytes, boundary: bytes = b"limit") -> bytes:
    """Parts between delimiters."""
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def part(content: bytes, content_type: str = "text/plain", **fields: str | bytes) -> bytes:
    """One part; its content is sent as it is."""
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode())
        for name, value in ({"Content-Type": content_type} | given).items()
    ]
    return b"\r\n".join([*lines, b"", content])


def file_part(content: bytes, filename: str, content_type: str = "application/octet-stream") -> bytes:
    """An attachment in base64; `filename` is the parameter as it is written."""
    return part(
        base64.encodebytes(content),
        content_type,
        Content_Transfer_Encoding="base64",
        Content_Disposition=f"attachment; {filename}",
    )
