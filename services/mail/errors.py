"""What can go wrong with a mail."""

from collections.abc import Mapping, Sequence

from services.chassis.errors import Conflict, Invalid, NotFound


class ReplyInProgress(Conflict):
    """Another agent is editing a reply right now."""

    code = "reply_in_progress"

    def __init__(self, editors: list[dict[str, str]]) -> None:
        super().__init__("Another agent is editing a reply to this ticket.", editors=editors)


class AnsweredMeanwhile(Conflict):
    """Somebody answered, or the customer wrote, after what the author saw."""

    code = "answered_meanwhile"

    def __init__(self, since: Sequence[Mapping[str, object]]) -> None:
        super().__init__("The thread went on after what this draft is based on.", since=list(since))


class NotSendable(Conflict):
    """The draft has left, or waits for its review."""

    code = "illegal_transition"

    def __init__(self, state: str) -> None:
        super().__init__(f"A draft that is {state} cannot be changed or sent.", state=state)


class NoRecipient(Invalid):
    """A mail without anybody to read it."""

    def __init__(self) -> None:
        super().__init__("A mail needs at least one recipient.", errors={"to": ["At least one recipient."]})


class NoSender(Invalid):
    """The desk has no address of its own to write from."""

    def __init__(self, desk: str) -> None:
        super().__init__(f"Desk {desk} has no mail address.", errors={"from": ["The desk has no address."]})


class ForeignSender(Invalid):
    """A mail leaves from an address of its desk, and no other."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is no address of the desk.", errors={"from": ["Not an address of the desk."]})


class Unreadable(Invalid):
    """No process of ours could read the mail."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The mail could not be read: {reason}.", reason=reason)


class UnknownMailbox(Invalid):
    """No desk has this address, so nobody would read what is sent there."""

    def __init__(self, mailbox: str) -> None:
        super().__init__(f"No desk has the address {mailbox}.", errors={"mailbox": ["No desk has this address."]})


class UnknownMessage(NotFound):
    """There is no such message."""


class NotJoinedYet(Exception):
    """The mail that this one answers is not yet with its ticket; it will be in a moment."""


class NotUnknown(Conflict):
    """Only a delivery of which nobody knows the end can be resolved by a person."""

    code = "illegal_transition"

    def __init__(self, state: str) -> None:
        super().__init__(f"A delivery that is {state} has nothing to resolve.", state=state)


class BrokenHeader(Invalid):
    """A value with a line break, which would become a header field of its own."""

    code = "broken_header"

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} must not hold line breaks or NUL.", errors={field: ["One line of text."]})


class UnsendableAddress(Invalid):
    """An address to which no mail can be sent."""

    code = "unsendable_address"

    def __init__(self, field: str, address: str) -> None:
        super().__init__(
            f"{address!r} is not an address that mail can be sent to.", errors={field: ["A mail address."]}
        )
