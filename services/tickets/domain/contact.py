"""What tickets show of a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

CALLED = ("phone", "sms")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A customer's number, name and first addresses; `emails` are all that lead to them."""

    number: int
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    emails: tuple[str, ...] = ()

    @classmethod
    def of(cls, number: int, name: str | None, identities: Sequence[Mapping[str, Any]]) -> Self:
        """The contact with these identities, each `{channel, address}`."""
        emails = tuple(each["address"] for each in identities if each["channel"] == "mail")
        phones = [each["address"] for each in identities if each["channel"] in CALLED]
        return cls(
            number=number, name=name, email=next(iter(emails), None), phone=next(iter(phones), None), emails=emails
        )
