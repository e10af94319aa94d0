"""Who gets an answer: worked out from the mail that is answered, never from another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from services.mail.domain.messages import Message
from services.mail.domain.mime.addresses import Address

TOKEN_MARK = "+mdg."


class Answered(Protocol):
    """A mail, read just now or kept, as far as an answer to it needs it."""

    @property
    def author(self) -> Address | None: ...
    @property
    def reply_to(self) -> tuple[Address, ...]: ...
    @property
    def to(self) -> tuple[Address, ...]: ...
    @property
    def cc(self) -> tuple[Address, ...]: ...


@dataclass(frozen=True)
class Recipients:
    """The To and Cc of an answer, each address once."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()


def reply(mail: Answered | Message, own: Iterable[str]) -> Recipients:
    """An answer to the sender: to Reply-To where the sender asks so, else to From; never to ourselves.

    A mail that we sent ourselves is followed up to those it went to. `own` are all addresses of ours.
    """
    is_ours = _ours(own)
    asked = _distinct(mail.reply_to, is_ours)
    author = _distinct((mail.author,) if mail.author else (), is_ours)
    return Recipients(to=asked or author or _distinct(mail.to, is_ours))


def reply_all(mail: Answered | Message, own: Iterable[str]) -> Recipients:
    """An answer to the sender with everybody else of the mail in Cc; whoever is in To is not in Cc."""
    is_ours = _ours(own)
    to = reply(mail, own).to
    named = {address.key for address in to}
    cc = _distinct((*mail.to, *mail.cc), lambda address: is_ours(address) or address.key in named)
    return Recipients(to=to, cc=cc)


def _ours(own: Iterable[str]) -> Callable[[Address], bool]:
    """Whether an address is ours, also when it carries a token of a thread."""
    keys = {address.casefold() for address in own}
    return lambda address: _without_token(address.key) in keys


def _without_token(key: str) -> str:
    local, _, domain = key.rpartition("@")
    return f"{local.partition(TOKEN_MARK)[0]}@{domain}"


def _distinct(addresses: Iterable[Address], left_out: Callable[[Address], bool]) -> tuple[Address, ...]:
    kept: dict[str, Address] = {}
    for address in addresses:
        if "@" in address.address and not left_out(address):
            kept.setdefault(address.key, address)
    return tuple(kept.values())
