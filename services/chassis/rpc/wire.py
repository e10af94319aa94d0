"""Bodies on the bus: JSON, compressed when large, and left with their owner when larger still."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from services.chassis.errors import Malformed

CONTENT_TYPE = "application/json"
DEFLATE = "deflate"
PARCEL_HEADER = "mdg-parcel"
REPLAYED_HEADER = "mdg-replayed"

COMPRESSED_FROM_BYTES = 64 * 1024
MOST_BYTES = 256 * 1024
MOST_INFLATED_BYTES = 64 * 1024 * 1024

_to_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Body:
    """What crosses the bus, or waits as a parcel."""

    content: bytes
    encoding: str | None = None

    @property
    def too_large(self) -> bool:
        """Whether it must not cross the bus."""
        return len(self.content) > MOST_BYTES


def pack(value: Any) -> Body:
    """The value as a body. Raises TypeError or ValueError where it is no plain JSON."""
    content = _to_json(value).encode()
    if len(content) < COMPRESSED_FROM_BYTES:
        return Body(content)
    return Body(zlib.compress(content, 1), DEFLATE)


def unpack(body: Body) -> Any:
    """The value that the body holds. Raises Malformed."""
    try:
        return json.loads(_inflated(body.content) if body.encoding == DEFLATE else body.content)
    except (ValueError, RecursionError, zlib.error) as error:
        raise Malformed(f"The body cannot be read: {error}") from error


def _inflated(content: bytes) -> bytes:
    inflating = zlib.decompressobj()
    inflated = inflating.decompress(content, MOST_INFLATED_BYTES)
    if inflating.unconsumed_tail:
        raise ValueError(f"it inflates to more than {MOST_INFLATED_BYTES} bytes")
    return inflated
