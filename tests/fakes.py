"""Stand-ins for what pure code talks to; never for MongoDB or RabbitMQ."""

from collections.abc import Callable, Iterator
from typing import Any


class FakeBlobs:
    """Blobs in memory, by their digest."""

    def __init__(self, blobs: dict[str, bytes]) -> None:
        self.blobs = blobs

    def get(self, digest: str) -> Iterator[bytes]:
        """The bytes, in pieces of three."""
        blob = self.blobs[digest]
        return iter([blob[start : start + 3] for start in range(0, len(blob), 3)])


class FakeService:
    """A service behind the gateway: remembers what it was asked, and answers what it was given to say."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def ask(**args: Any) -> Any:
            self.asked.append((method, args))
            return self.answers.get(method, {"asked": method})

        return ask
