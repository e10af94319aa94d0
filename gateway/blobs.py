"""Bytes too large for the bus: they go straight to their owner by HTTP, and their digest travels."""

from collections.abc import Iterator
from typing import Any

from nameko.extensions import DependencyProvider

from gateway.http.bodies import Upload
from services.chassis.blob_port import BlobClient
from services.chassis.errors import Unavailable
from services.chassis.settings import service_urls

MAIL_LIMIT = 35 << 20


class Blobs(DependencyProvider):
    """The blobs of a service: `blobs = Blobs("mail")`, then `self.blobs.put(...)`."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._url: str | None = None

    def setup(self) -> None:
        """Learns where the service's process port is."""
        self._url = service_urls().get(self._service)

    def get_dependency(self, worker_ctx: Any) -> "Blobs":
        """Itself: blobs belong to no request."""
        return self

    def put(self, upload: Upload) -> dict[str, Any]:
        """Keeps the bytes; `{blob, size}` as commands take it. Raises TooLarge, Malformed, Unavailable."""
        kept = self._client().put(upload)
        return {"blob": kept["digest"], "size": kept["size"]}

    def get(self, digest: str) -> Iterator[bytes]:
        """The bytes in pieces. Raises NotFound, Unavailable."""
        return self._client().get(digest)

    def _client(self) -> BlobClient:
        if self._url is None:
            raise Unavailable(f"Nobody says where {self._service} keeps files: MADOGUCHI_{self._service.upper()}_URL.")
        return BlobClient(self._url)
