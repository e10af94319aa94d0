"""An event as it comes from the bus: a CloudEvent 1.0 with the sequence extension."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


class Undecodable(Exception):
    """The message is no event; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a handler may rely on; `sequence` rises by one within a subject, `raw` is all that came."""

    id: str
    source: str
    type: str
    subject: str
    sequence: int
    data: Mapping[str, Any]
    raw: Mapping[str, Any]

    @property
    def service(self) -> str:
        """The service that published it."""
        return self.source.rpartition("/")[2]

    @classmethod
    def read(cls, body: bytes | str) -> Self:
        """The event of a message's body. Raises Undecodable."""
        try:
            raw = json.loads(body)
            texts = {name: str(raw[name]) for name in ("id", "source", "type", "subject")}
            return cls(**texts, sequence=int(raw["sequence"]), data=raw["data"], raw=raw)
        except (ValueError, KeyError, TypeError) as error:
            raise Undecodable(f"{type(error).__name__}: {error}") from None

    def text(self) -> str:
        """The event as text, to be kept and read again."""
        return json.dumps(self.raw, ensure_ascii=False, separators=(",", ":"))
