"""A mail being written, and the moment in which it may leave."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from services.mail.domain.mime.addresses import Address
from services.mail.errors import ForeignSender, NoRecipient, NotSendable


class Kind(StrEnum):
    """How a draft relates to the mail that it answers."""

    REPLY = "reply"
    REPLY_ALL = "reply_all"
    NEW = "new"


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"


class Then(StrEnum):
    """What becomes of the ticket when the mail has left."""

    SOLVE = "solve"
    HOLD = "hold"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mail being written. `based_on` is the head of the thread that its author saw.

    `message` is the id that its message will have, so that there is one at most however often it is sent.
    """

    id: str
    message: str
    author: str
    desk: str
    ticket: str
    kind: Kind
    sender: Address
    updated_at: datetime
    in_reply_to: str | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    subject: str = ""
    text: str = ""
    html: str | None = None
    note: str | None = None
    state: DraftState = DraftState.DRAFT
    based_on: str | None = None
    sequence: int = 0
    version: int = 1

    def change(self, changes: dict[str, Any], *, at: datetime) -> Self:
        """The draft with these fields as they shall be."""
        self._must_be_writable()
        return replace(self, **changes, updated_at=at, version=self.version + 1)

    def queue(self, *, own: Collection[str], at: datetime) -> Self:
        """It has left the author's hands; `own` are the addresses of its desk. Raises NoRecipient, ForeignSender."""
        self._must_be_writable()
        if not self.recipients:
            raise NoRecipient
        if self.sender.key not in {address.casefold() for address in own}:
            raise ForeignSender(self.sender.address)
        return replace(self, state=DraftState.QUEUED, updated_at=at, version=self.version + 1)

    def sent(self, *, at: datetime) -> Self:
        """Every recipient's server has it."""
        return replace(self, state=DraftState.SENT, updated_at=at, version=self.version + 1)

    def discard(self) -> Self:
        """It may go, because it has not left."""
        self._must_be_writable()
        return self

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody who gets the mail, once each."""
        people: dict[str, Address] = {}
        for each in (*self.to, *self.cc, *self.bcc):
            people.setdefault(each.key, each)
        return tuple(people.values())

    def _must_be_writable(self) -> None:
        if self.state is not DraftState.DRAFT:
            raise NotSendable(self.state)
