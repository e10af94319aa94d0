"""The events of drafts; never their text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from services.chassis.events import Event
from services.mail.domain.drafts import Draft


@dataclass(frozen=True, kw_only=True)
class DraftEvent(Event):
    """What every event of a draft says; never its text."""

    draft: str
    ticket: str
    author: str
    state: str
    version: int

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """The event of this draft as it is now."""
        return cls(
            subject=draft.id,
            draft=draft.id,
            ticket=draft.ticket,
            author=draft.author,
            state=draft.state,
            version=draft.version,
        )


_DRAFT = {"draft": "01JD9V4", "ticket": "01JD9V3", "author": "alice", "state": "draft", "version": 1}


@dataclass(frozen=True, kw_only=True)
class DraftSaved(DraftEvent):
    """A draft was made, changed or queued."""

    type: ClassVar[str] = "draft.saved"
    example: ClassVar[Mapping[str, Any]] = _DRAFT


@dataclass(frozen=True, kw_only=True)
class DraftDeleted(DraftEvent):
    """A draft was thrown away."""

    type: ClassVar[str] = "draft.deleted"
    example: ClassVar[Mapping[str, Any]] = _DRAFT
