"""A delivery: one message of the broker, read as far as it can be."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from services.chassis.subscriptions.envelope import Envelope, Undecodable

TOO_DEADLY = "It was delivered {} times and never finished: it seems to kill its consumers."


@dataclass(frozen=True)
class Delivery:
    """A message, with its event or else the reason why it has none."""

    message: Any
    event: Envelope | None
    unreadable: str = ""

    @classmethod
    def of(cls, message: Any) -> Self:
        """The delivery that this message is."""
        try:
            return cls(message, Envelope.decode(message.body))
        except Undecodable as error:
            return cls(message, None, str(error))

    @property
    def lane(self) -> str:
        """What it must not overtake: the other events of its subject."""
        return self.event.subject if self.event else f"unreadable {self.message.delivery_info['delivery_tag']}"

    @property
    def count(self) -> int:
        """How often it was delivered before."""
        return int((self.message.headers or {}).get("x-delivery-count", 0))

    @property
    def raw(self) -> str:
        """Its body, as base64."""
        return b64encode(self.message.body).decode()

    @property
    def name(self) -> str:
        """The event's id, or a fingerprint of a body that names nothing itself."""
        return self.event.id if self.event else sha256(self.message.body).hexdigest()
