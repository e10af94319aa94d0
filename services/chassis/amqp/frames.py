"""The few AMQP 0-9-1 frames that are written and split often, packed by hand because every call pays for them."""

from collections.abc import Iterator
from functools import lru_cache
from struct import Struct, pack
from typing import Any

END = b"\xce"
HEARTBEAT = b"\x08\x00\x00\x00\x00\x00\x00\xce"
CLOSE = pack(">BHIHHHBHHB", 1, 0, 11, 10, 50, 200, 0, 0, 0, 0xCE)

_HEADER = Struct(">BHI")
_SETTLE = Struct(">BHIHHQBB")
_CONTENT = Struct(">HHQH")
_TEXT = Struct(">cI")
_INTEGER = Struct(">cq")

# The order and the flag of each property of class `basic` that is in use.
_PROPERTIES = (
    ("content_type", 0x8000),
    ("content_encoding", 0x4000),
    ("headers", 0x2000),
    ("delivery_mode", 0x1000),
    ("correlation_id", 0x0400),
    ("reply_to", 0x0200),
    ("expiration", 0x0100),
    ("message_id", 0x0080),
    ("type", 0x0020),
)


def ack(channel: int, tag: int) -> bytes:
    """A message was dealt with."""
    return _SETTLE.pack(1, channel, 13, 60, 80, tag, 0, 0xCE)


def requeue(channel: int, tag: int) -> bytes:
    """A message goes back to its queue, for another consumer."""
    return _SETTLE.pack(1, channel, 13, 60, 90, tag, 1, 0xCE)


def cancel(channel: int, consumer_tag: str) -> bytes:
    """No more messages for this consumer; no answer is wanted."""
    return _frame(1, channel, pack(">HH", 60, 30) + _short(consumer_tag) + b"\x01")


def publish(channel: int, route: tuple[str, str], properties: dict[str, Any], body: bytes, frame_max: int) -> bytes:
    """A message for (exchange, routing key); property values are text, but `delivery_mode` and `headers`."""
    frames = [_publish_method(channel, *route), _frame(2, channel, _content_header(properties, len(body)))]
    most = frame_max - 8
    frames += [_frame(3, channel, body[start : start + most]) for start in range(0, len(body), most)]
    return b"".join(frames)


class Splitter:
    """Cuts what a socket gives into (type, channel, payload) frames."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        """The frames that are complete with `data`. Raises ConnectionError where the stream is not AMQP."""
        data = self._rest + data if self._rest else data
        start, length = 0, len(data)
        while start + 8 <= length:
            kind, channel, size = _HEADER.unpack_from(data, start)
            end = start + 7 + size
            if end >= length:
                break
            if data[end] != 0xCE:
                raise ConnectionError("A frame from the broker does not end where it should.")
            yield kind, channel, data[start + 7 : end]
            start = end + 1
        self._rest = data[start:]


def _frame(kind: int, channel: int, payload: bytes) -> bytes:
    return _HEADER.pack(kind, channel, len(payload)) + payload + END


@lru_cache(1024)
def _publish_method(channel: int, exchange: str, routing_key: str) -> bytes:
    return _frame(1, channel, pack(">HHH", 60, 40, 0) + _short(exchange) + _short(routing_key) + b"\x00")


def _content_header(properties: dict[str, Any], size: int) -> bytes:
    flags, packed = 0, []
    for name, flag in _PROPERTIES:
        value = properties.get(name)
        if value is None:
            continue
        flags |= flag
        if name == "headers":
            packed.append(_table(value))
        else:
            packed.append(_short(value) if name != "delivery_mode" else bytes((value,)))
    return _CONTENT.pack(60, 0, size, flags) + b"".join(packed)


def _table(headers: dict[str, str | int]) -> bytes:
    packed = []
    for name, value in headers.items():
        packed.append(_short(name))
        if isinstance(value, str):
            text = value.encode()
            packed.append(_TEXT.pack(b"S", len(text)) + text)
        else:
            packed.append(_INTEGER.pack(b"l", value))
    table = b"".join(packed)
    return pack(">I", len(table)) + table


def _short(text: str) -> bytes:
    encoded = text.encode()
    if len(encoded) > 255:
        raise ValueError(f"AMQP allows 255 bytes here, and {text[:40]!r}... has more.")
    return bytes((len(encoded),)) + encoded
