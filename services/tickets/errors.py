"""What can go wrong with tickets and desks."""

from collections.abc import Iterable

from services.chassis.errors import Conflict, Forbidden, Invalid, NotFound


class IllegalTransition(Conflict):
    """The ticket's status does not allow this move."""

    code = "illegal_transition"

    def __init__(self, move: str, status: str) -> None:
        super().__init__(f"A ticket that is {status} allows no {move}.", move=str(move), current_status=str(status))


class InSpamBox(Conflict):
    """A ticket in the spam box is not worked on until it is restored."""

    code = "spam"

    def __init__(self) -> None:
        super().__init__("The ticket is in the spam box; restore it first.")


class Closed(Conflict):
    """A closed ticket does not change."""

    code = "closed"

    def __init__(self) -> None:
        super().__init__("The ticket is closed and does not change any more.")


class AlreadyTaken(Conflict):
    """Somebody else has the ticket."""

    code = "already_taken"

    def __init__(self, ticket: str, by: str) -> None:
        super().__init__(f"Ticket {ticket} is already with {by}.", by=by)


class NotPermitted(Forbidden):
    """The actor may not make this move on this ticket."""

    def __init__(self, move: str) -> None:
        super().__init__(f"This needs a permission that you do not have: {move}.", move=str(move))


class GroupRequired(Invalid):
    """An agent of several groups keeps a ticket and must say for which."""

    code = "group_required"

    def __init__(self, groups: Iterable[str]) -> None:
        super().__init__(
            "You are in several groups; name the one for which you keep the ticket.",
            errors={"group": ["Name one of your groups."]},
            groups=sorted(groups),
        )


class UnknownReference(Invalid):
    """A field names something that is not there."""

    def __init__(self, field: str, id: str) -> None:
        super().__init__("Something that is named is not there.", errors={field: [f"There is no {id}."]})


class FieldsInvalid(Invalid):
    """Fields break the rules of their desk."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("Some fields are not as the desk asks for them.", errors=errors)


class AddressTaken(Conflict):
    """A mail address leads to one desk only."""

    code = "already_taken"

    def __init__(self, address: str, holder: str) -> None:
        super().__init__(f"{address} already leads to desk {holder}.", holder=holder)


class IdTaken(Conflict):
    """A chosen id is used once and never again."""

    code = "already_taken"

    def __init__(self, id: str) -> None:
        super().__init__(f"The id {id} is used already, or was.", holder=id)


class DeskInUse(Conflict):
    """A desk that has tickets or groups is not deleted."""

    code = "in_use"

    def __init__(self, desk: str) -> None:
        super().__init__(f"Desk {desk} still has tickets or groups.")


class UnknownAddress(NotFound):
    """No desk takes mail for this address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"No desk has the address {address}.")


REFUSALS = (Conflict, Forbidden, Invalid)
