"""One address of a customer on one channel, and what makes two addresses the same.

A mail address keeps the case of its local part as it was written; compared are NFKC and casefold of the local part
(RFC 5321 lets case matter, no mailbox of our time does) and the ASCII form of the domain (UTS 46, IDNA 2008). A phone
number is compared in E.164; calls and SMS share it, since one person answers both. Every other address is compared
under NFKC, casefold and trim.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import idna
import phonenumbers

from services.customers.errors import NotAnAddress


class Channel(StrEnum):
    """By which way a customer is reached."""

    MAIL = "mail"
    PHONE = "phone"
    SMS = "sms"
    CHAT = "chat"
    HELP_CENTER = "help_center"
    EXTERNAL = "external"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """An address as it was written; `key` is the same for every way of writing it."""

    channel: Channel
    address: str
    key: str
    verified: bool = False


def identity(
    channel: Channel, address: str, *, region: str, verified: bool = False, field: str = "address"
) -> Identity:
    """The identity of this address; `region` is that of numbers without country code. Raises NotAnAddress."""
    written = address.strip()
    key = key_of(channel, written, region)
    if not key:
        raise NotAnAddress(field, channel, address)
    return Identity(channel=channel, address=written, key=key, verified=verified)


def key_of(channel: Channel, address: str, region: str) -> str:
    """`mail|taro@example.jp`, `phone|+81312345678`; empty for what is no address of the channel."""
    if channel is Channel.MAIL:
        return _mail_key(address)
    if channel in (Channel.PHONE, Channel.SMS):
        return _phone_key(address, region)
    folded = fold(address)
    return f"{channel}|{folded}" if folded else ""


def fold(text: str) -> str:
    """NFKC, casefold, trim: what two ways of writing have in common."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def _mail_key(address: str) -> str:
    local, at, domain = unicodedata.normalize("NFKC", address).rpartition("@")
    return f"mail|{fold(local)}@{_domain_key(domain)}" if at and fold(local) and domain.strip() else ""


def _domain_key(domain: str) -> str:
    try:
        return idna.encode(fold(domain).rstrip("."), uts46=True).decode("ascii")
    except idna.IDNAError:
        return fold(domain)  # not a registered name, such as one with an underscore: still the same as itself


def _phone_key(number: str, region: str) -> str:
    try:
        parsed = phonenumbers.parse(unicodedata.normalize("NFKC", number), region)
    except phonenumbers.NumberParseException:
        return ""
    return f"phone|{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"
