"""The events that customers publishes; the subject is the customer, and who it is stands in `personal`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.customers.domain.customer import Customer
from services.customers.domain.identity import Channel, Identity

PLAIN = ("language", "preferred_channel")
PERSONAL = ("name", "name_kana", "company", "external_ids", "fields", "notes")

EXAMPLE: dict[str, Any] = {
    "customer": "01JD9V0A2B3C4D5E6F7G8H9J0K",
    "number": 1007,
    "version": 1,
    "language": "ja",
    "preferred_channel": "mail",
    "changed": {},
    "cascade": 0,
    "personal": {
        "name": "山田太郎",
        "name_kana": "ヤマダタロウ",
        "company": None,
        "email": "taro@example.jp",
        "phone": None,
        "identities": [
            {"channel": "mail", "address": "taro@example.jp", "key": "mail|taro@example.jp", "verified": False}
        ],
        "external_ids": [],
        "fields": {},
        "notes": "",
    },
}
IDENTITY_EXAMPLE: dict[str, Any] = {
    "customer": EXAMPLE["customer"],
    "channel": "mail",
    "changed": {},
    "cascade": 0,
    "personal": {"address": "taro@example.jp", "key": "mail|taro@example.jp", "verified": False},
}


@dataclass(frozen=True, kw_only=True)
class OfCustomer:
    """The whole profile as it is afterwards."""

    customer: str
    number: int
    version: int
    language: str | None
    preferred_channel: Channel | None

    @classmethod
    def of(cls, after: Customer, before: Customer | None = None) -> Self:
        """The event of a change from `before` to `after`."""
        known: dict[str, Any] = {name: getattr(after, name) for name in ("number", "version", *PLAIN)}
        written: dict[str, Any] = {name: getattr(after, name) for name in ("email", "phone", "identities", *PERSONAL)}
        if before is not None:
            known["changed"] = differences(before, after, PLAIN)
            written["changed"] = differences(before, after, (*PERSONAL, "identities"))
        return cls(**(known | {"subject": after.id, "customer": after.id, "personal": written}))


def differences(before: Customer, after: Customer, names: tuple[str, ...]) -> dict[str, list[Any]]:
    """{field: [before, after]} of those that are not the same."""
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, kw_only=True)
class CustomerCreated(OfCustomer, Event):
    """Somebody is known from now on."""

    type: ClassVar[str] = "customer.created"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE


@dataclass(frozen=True, kw_only=True)
class CustomerUpdated(OfCustomer, Event):
    """The profile or the addresses changed; `changed` and `personal.changed` say from what to what."""

    type: ClassVar[str] = "customer.updated"
    example: ClassVar[Mapping[str, Any]] = EXAMPLE | {"version": 2, "changed": {"language": [None, "ja"]}}


@dataclass(frozen=True, kw_only=True)
class OfIdentity:
    """One address of the customer."""

    customer: str
    channel: Channel

    @classmethod
    def of(cls, customer: Customer, identity: Identity) -> Self:
        """The event of this address of this customer."""
        told: dict[str, Any] = {
            "subject": customer.id,
            "customer": customer.id,
            "channel": identity.channel,
            "personal": {"address": identity.address, "key": identity.key, "verified": identity.verified},
        }
        return cls(**told)


@dataclass(frozen=True, kw_only=True)
class IdentityAdded(OfIdentity, Event):
    """The customer is known by one address more."""

    type: ClassVar[str] = "identity.added"
    example: ClassVar[Mapping[str, Any]] = IDENTITY_EXAMPLE


@dataclass(frozen=True, kw_only=True)
class IdentityRemoved(OfIdentity, Event):
    """The address belongs to this customer no more."""

    type: ClassVar[str] = "identity.removed"
    example: ClassVar[Mapping[str, Any]] = IDENTITY_EXAMPLE
