"""Blobs over HTTP: `POST /blobs` takes bytes and answers their digest, `GET /blobs/<digest>` gives them."""

from collections.abc import Iterator
from http.client import HTTPException
from typing import Any

from services.chassis.blobs import CHUNK_BYTES, Blobs
from services.chassis.errors import Invalid, Malformed, Unavailable
from services.chassis.peer import Peer
from services.chassis.process_port import Answer, Asked, Readable, Route

MOST_BYTES = 40 * 1024 * 1024
SECONDS = 60.0


class TooLarge(Invalid):
    """More bytes than one blob may have."""

    code = "too_large"


class _Counted:
    """Counts what is read, and stops at too much."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        piece = self._stream.read(size)
        self.size += len(piece)
        if self.size > MOST_BYTES:
            raise TooLarge(f"A blob has at most {MOST_BYTES} bytes.")
        return piece


def blob_route(blobs: Blobs) -> Route:
    """The route of a service's blobs."""

    def route(asked: Asked) -> Answer:
        if asked.method == "GET":
            content = blobs.open(asked.rest)
            return Answer(content, content.length)
        if asked.rest:
            raise Malformed("Blobs get their names by their content.")
        counted = _Counted(asked.body)
        digest = blobs.put(counted)
        return Answer.of_json({"digest": digest, "size": counted.size}, 201)

    return route


class BlobClient:
    """The blobs of another process, at the base URL of its process port."""

    def __init__(self, base_url: str, seconds: float = SECONDS) -> None:
        self._peer = Peer(base_url, seconds)

    def put(self, content: bytes | Readable) -> dict[str, Any]:
        """Keep the content; answers `{"digest", "size"}`. Raises Invalid (`too_large`), Unavailable."""
        return self._peer.put("/blobs", content)

    def get(self, digest: str) -> Iterator[bytes]:
        """The content in pieces, which has begun to come when this returns. Raises NotFound, Unavailable."""
        pieces = self._pieces(digest)
        next(pieces)
        return pieces

    def _pieces(self, digest: str) -> Iterator[bytes]:
        with self._peer.open(f"/blobs/{digest}") as response:
            yield b""
            try:
                while piece := response.read(CHUNK_BYTES):
                    yield piece
            except HTTPException as error:
                raise Unavailable("The blob ended too early.") from error
