"""Takes bodies from the wire: the media type first, then at most as many bytes as the endpoint takes."""

import re

from gateway.errors import TooLarge, UnsupportedMediaType
from gateway.http.requests import HttpRequest
from services.chassis.errors import Malformed

MIB = 1 << 20
CHUNK = 1 << 16
JSON = ("application/json", "application/merge-patch+json")
UTF8 = re.compile(r"(?i);\s*charset\s*=\s*\"?utf-?8\"?")
CHARSET = re.compile(r"(?i);\s*charset\s*=")


def check_media_type(request: HttpRequest, accepted: tuple[str, ...]) -> None:
    """Raises UnsupportedMediaType unless the body, if there is one, has an accepted type and is not compressed."""
    if request.declared_length == 0:
        return
    given = request.environ.get("CONTENT_TYPE") or ""
    if given.partition(";")[0].strip().lower() not in accepted:
        raise UnsupportedMediaType(f"The body must be {' or '.join(accepted)}.")
    if accepted is JSON and CHARSET.search(given) and not UTF8.search(given):
        raise UnsupportedMediaType("JSON comes in UTF-8.")
    if request.environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise UnsupportedMediaType("The body must not be compressed.")


class Upload:
    """The body as a stream that ends where it was declared to, and stops at the limit."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        self._request = request
        self._input = request.environ["wsgi.input"]
        self._declared = request.declared_length
        self._limit = limit
        self.size = 0
        if self._declared is not None and self._declared > limit:
            raise TooLarge(f"The body has {self._declared} bytes; at most {limit} are taken here.", limit=limit)

    def __iter__(self) -> "Upload":
        return self

    def __next__(self) -> bytes:
        if chunk := self.read(CHUNK):
            return chunk
        raise StopIteration

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, none at the end. Raises TooLarge beyond the limit, Malformed where the body breaks off."""
        try:
            chunk: bytes = self._input.read(min(size, self._limit + 1 - self.size))
        except (OSError, ValueError):
            raise Malformed("The body broke off.") from None
        self.size += len(chunk)
        if self.size > self._limit:
            raise TooLarge(f"The body has more than {self._limit} bytes.", limit=self._limit)
        if not chunk and self._declared is not None and self.size < self._declared:
            raise Malformed("The body ended before its declared length.")
        self._request.body_read = not chunk or self.size == self._declared
        return chunk


def whole(request: HttpRequest, limit: int = MIB) -> bytes:
    """The whole body. Raises TooLarge, before reading it where its length is declared, and Malformed."""
    if request.declared_length == 0:
        return b""
    return b"".join(Upload(request, limit))
