"""The words that tickets and activities are described with."""

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """By which way something came or went (R42, R122)."""

    MAIL = "mail"
    HELP_CENTER = "help_center"
    PHONE = "phone"
    CHAT = "chat"
    SMS = "sms"
    EXTERNAL = "external"
    AGENT = "agent"


class Priority(IntEnum):
    """How urgent; stored as a number, so that lists can be ordered by it."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4

    @property
    def word(self) -> str:
        """As the contract writes it."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Priority":
        """The priority of this word. Raises ValueError."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"{word!r} is no priority") from None


class Resolution(StrEnum):
    """How it ended: answered by mail, or why no mail was needed (R65-R72)."""

    ANSWERED = "answered"
    SPAM = "spam"
    ABUSE = "abuse"
    TEST = "test"
    DUPLICATE = "duplicate"
    SOLVED_IN_CHAT = "solved_in_chat"
    SOLVED_BY_PHONE = "solved_by_phone"
    OTHER = "other"


INTERNAL_REASONS = tuple(reason for reason in Resolution if reason is not Resolution.ANSWERED)


class AssignedBy(StrEnum):
    """What gave the ticket to its owner."""

    TRIGGER = "trigger"
    KEEP = "keep"
    TRANSFER = "transfer"
    OFFER = "offer"
    ASSIGN = "assign"


class Box(StrEnum):
    """Where lists look for a ticket: spam and deleted ones appear only where asked for."""

    MAIN = "main"
    SPAM = "spam"
    DELETED = "deleted"
