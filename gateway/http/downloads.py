"""Serves what strangers have sent, so that no browser takes it for ours."""

import re
from typing import Any, Protocol
from urllib.parse import quote

from werkzeug.wrappers import Response

HARMLESS = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "message/rfc822"})
ANYTHING = "application/octet-stream"
NOT_ASCII_NAME = re.compile(r"[^A-Za-z0-9._ ()-]")
UNRESERVED = "!#$&+-.^_`|~"  # attr-char of RFC 8187


class BlobReader(Protocol):
    """Where bytes are read from."""

    def get(self, digest: str) -> Any:
        """The bytes in pieces. Raises NotFound, Unavailable."""


def download(blobs: BlobReader, file: dict[str, Any]) -> Response:
    """The response for `{blob, size, filename, content_type}`: always to be kept, never to be run or shown in place."""
    media_type = file.get("content_type", ANYTHING)
    response = Response(
        blobs.get(file["blob"]),
        content_type=media_type if media_type in HARMLESS else ANYTHING,
        direct_passthrough=True,
    )
    response.headers["Content-Length"] = str(file["size"])
    response.headers["Content-Disposition"] = disposition(file.get("filename") or "file")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def disposition(filename: str) -> str:
    """The Content-Disposition of a file (RFC 6266), its name in ASCII and as it is (RFC 8187)."""
    name = "".join(char for char in filename.replace("\\", "/").rpartition("/")[2] if char.isprintable()) or "file"
    fallback = NOT_ASCII_NAME.sub("_", name)
    extended = quote(name.encode("utf-8", "replace"), safe=UNRESERVED)
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{extended}"
