"""A customer: a profile with the addresses by which its person is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from services.customers.domain.identity import Channel, Identity

CALLED = (Channel.PHONE, Channel.SMS)


@dataclass(frozen=True, kw_only=True)
class Customer:
    """A profile of one person or house."""

    id: str
    number: int
    name: str | None = None
    name_kana: str | None = None
    company: str | None = None
    language: str | None = None
    preferred_channel: Channel | None = None
    identities: tuple[Identity, ...] = ()
    external_ids: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    notes: str = ""
    sequence: int = 0
    version: int = 1

    @property
    def email(self) -> str | None:
        """Their first mail address."""
        return self._first((Channel.MAIL,))

    @property
    def phone(self) -> str | None:
        """Their first number for calls or SMS."""
        return self._first(CALLED)

    def change(self, changes: Mapping[str, Any]) -> Self:
        """The customer with a merge patch applied; itself, when that changes nothing."""
        after = self.filled(changes)
        return self if after == self else replace(after, version=self.version + 1)

    def filled(self, profile: Mapping[str, Any]) -> Self:
        """The customer with these fields, at the same version."""
        given = dict(profile)
        if "fields" in given:
            merged = {**self.fields, **given["fields"]}
            given["fields"] = {key: value for key, value in merged.items() if value is not None}
        if "identities" in given:
            given["identities"] = distinct(given["identities"])
        return replace(self, **given)

    def _first(self, channels: Iterable[Channel]) -> str | None:
        return next((each.address for each in self.identities if each.channel in channels), None)


def distinct(identities: Iterable[Identity]) -> tuple[Identity, ...]:
    """The identities without those that repeat an earlier one of their channel."""
    found: dict[tuple[Channel, str], Identity] = {}
    for each in identities:
        found.setdefault((each.channel, each.key), each)
    return tuple(found.values())


def added(before: Customer | None, after: Customer) -> list[Identity]:
    """The identities that `before` did not have."""
    known = {_mark(each) for each in before.identities} if before else set()
    return [each for each in after.identities if _mark(each) not in known]


def _mark(identity: Identity) -> tuple[Channel, str]:
    return identity.channel, identity.key
