"""Why a mail came back, told from the words of servers."""

from enum import StrEnum

from services.mail.domain.notices.reason_words import WORDS


class Reason(StrEnum):
    """What kind of failure a bounce tells of."""

    UNKNOWN_RECIPIENT = "unknown_recipient"
    DISABLED = "disabled"
    UNKNOWN_HOST = "unknown_host"
    MAILBOX_FULL = "mailbox_full"
    TOO_LARGE = "too_large"
    REJECTED = "rejected"
    TEMPORARY = "temporary"
    OTHER = "other"


HARD = {Reason.UNKNOWN_RECIPIENT, Reason.UNKNOWN_HOST}
VAGUE = {Reason.REJECTED, Reason.TEMPORARY}
BY_STATUS_DETAIL = {
    "1.0": Reason.UNKNOWN_RECIPIENT,
    "1.1": Reason.UNKNOWN_RECIPIENT,
    "1.2": Reason.UNKNOWN_HOST,
    "1.3": Reason.UNKNOWN_RECIPIENT,
    "1.6": Reason.UNKNOWN_RECIPIENT,
    "1.7": Reason.REJECTED,
    "1.8": Reason.REJECTED,
    "1.10": Reason.UNKNOWN_RECIPIENT,
    "2.1": Reason.DISABLED,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.TOO_LARGE,
    "3.4": Reason.TOO_LARGE,
    "4.1": Reason.TEMPORARY,
    "4.4": Reason.UNKNOWN_HOST,
    "4.6": Reason.TEMPORARY,
    "4.7": Reason.TEMPORARY,
}
DOUBTFUL_DETAILS = {"1.0"}  # many servers send 5.1.0 for whatever they refuse


def tell_reason(words: str, status: str | None) -> Reason:
    """The reason in the server's own words, else the one that its enhanced status code (RFC 3463) stands for.

    A precise code goes before words that only say that the mail was refused.
    """
    named = next((Reason(reason) for reason, pattern in WORDS if pattern.search(words)), None)
    coded = _coded(status)
    if named is None or (named in VAGUE and coded is not None and coded not in VAGUE):
        return coded or named or Reason.OTHER
    return named


def _coded(status: str | None) -> Reason | None:
    kind, _, detail = (status or "").partition(".")
    if detail.startswith("7."):
        return Reason.REJECTED
    if kind == "4" and detail not in {"2.2", "4.4"}:
        return Reason.TEMPORARY
    return None if detail in DOUBTFUL_DETAILS else BY_STATUS_DETAIL.get(detail)
