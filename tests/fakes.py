"""Stand-ins for what pure code talks to; never for MongoDB or RabbitMQ."""

from collections.abc import Iterator


class FakeBlobs:
    """Blobs in memory, by their digest."""

    def __init__(self, blobs: dict[str, bytes]) -> None:
        self.blobs = blobs

    def get(self, digest: str) -> Iterator[bytes]:
        """The bytes, in pieces of three."""
        blob = self.blobs[digest]
        return iter([blob[start : start + 3] for start in range(0, len(blob), 3)])
