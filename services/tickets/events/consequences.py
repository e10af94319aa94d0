"""The events of a change that a mail or a decision made: what they are follows from what is different."""

from services.tickets.domain.lifecycle import OPEN, Status
from services.tickets.domain.ticket import EDITABLE, Ticket
from services.tickets.events.snapshot import OfTicket
from services.tickets.events.tickets import (
    TicketAssigned,
    TicketHeld,
    TicketReopened,
    TicketResolvedInternally,
    TicketSolved,
    TicketUpdated,
)

OWNERSHIP = ("assigned_by", "assignee", "group")
ENDINGS = ("resolution", "status")


def edits(before: Ticket, after: Ticket) -> list[TicketUpdated]:
    """The event of edited fields, if any differ."""
    if not _differ(before, after, EDITABLE):
        return []
    return [TicketUpdated.of(after, before, names=sorted(EDITABLE))]


def consequences(before: Ticket, after: Ticket) -> list[OfTicket]:
    """The events that lead from `before` to `after`: fields first, then whose it is, then where it stands."""
    found: list[OfTicket] = [*edits(before, after)]
    moved = _moved(before, after)
    if _differ(before, after, OWNERSHIP):
        found.append(TicketAssigned.of(after, before, names=OWNERSHIP if moved else (*OWNERSHIP, "status")))
    return found + moved


def _moved(before: Ticket, after: Ticket) -> list[OfTicket]:
    if before.status is after.status:
        return []
    if after.status is Status.RESOLVED_INTERNALLY and after.resolution is not None:
        return [TicketResolvedInternally.of(after, before, names=ENDINGS, reason=after.resolution)]
    if after.status in OPEN and before.status not in OPEN:
        return [TicketReopened.of(after, before, names=ENDINGS)]
    event = MOVED.get(after.status)
    return [event.of(after, before, names=ENDINGS)] if event else []


def _differ(before: Ticket, after: Ticket, names: frozenset[str] | tuple[str, ...]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


MOVED: dict[Status, type[TicketHeld] | type[TicketSolved]] = {
    Status.ON_HOLD: TicketHeld,
    Status.SOLVED: TicketSolved,
}
