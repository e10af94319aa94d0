"""The moves of a ticket's life, each a sentence over the tables of lifecycle and permissions."""

from collections.abc import Collection
from datetime import datetime

from services.tickets.domain.lifecycle import Move, destination
from services.tickets.domain.permissions import Actor, permit
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import AssignedBy, Resolution
from services.tickets.errors import AlreadyTaken, GroupRequired, NotPermitted


def keep(ticket: Ticket, *, by: Actor, groups: Collection[str], group: str | None, at: datetime) -> Ticket:
    """An agent takes what is nobody's (R17); `groups` are those of the desk that the agent is in.

    Raises AlreadyTaken, GroupRequired (R18), NotPermitted, IllegalTransition.
    """
    untaken(ticket)
    own = keeping_group(ticket, groups, group)
    return ticket.move(Move.KEEP, by=by, at=at, group=own, assignee=by.id, assigned_by=AssignedBy.KEEP)


def keeping_group(ticket: Ticket, groups: Collection[str], named: str | None) -> str:
    """The group for which the ticket is kept. Raises GroupRequired, NotPermitted."""
    allowed = set(groups) & {ticket.group} if ticket.group else set(groups)
    if named is not None:
        allowed &= {named}
    if not allowed:
        raise NotPermitted(Move.KEEP)
    if len(allowed) > 1:
        raise GroupRequired(allowed)
    return allowed.pop()


def accept(ticket: Ticket, *, by: Actor, agent: str, group: str, at: datetime) -> Ticket:
    """Routing's offer was accepted: the ticket is the agent's, if it is nobody's. Raises AlreadyTaken."""
    untaken(ticket)
    how = AssignedBy.OFFER
    return ticket.move(Move.ACCEPT, by=by, at=at, group=group, assignee=agent, assigned_by=how)


def untaken(ticket: Ticket) -> None:
    """Nobody has it yet. Raises AlreadyTaken."""
    if ticket.assignee is not None:
        raise AlreadyTaken(ticket.id, ticket.assignee)


def assign(ticket: Ticket, *, by: Actor, group: str | None, assignee: str | None, at: datetime) -> Ticket:
    """Give it to a group, an agent, or both (R16)."""
    how = AssignedBy.TRIGGER if by.kind == "trigger" else AssignedBy.ASSIGN
    return ticket.move(Move.ASSIGN, by=by, at=at, group=group or ticket.group, assignee=assignee, assigned_by=how)


def transfer(ticket: Ticket, *, by: Actor, group: str, assignee: str | None, at: datetime) -> Ticket:
    """Hand it on to a group, and maybe to one agent of it (R20-R24)."""
    how = AssignedBy.TRANSFER
    return ticket.move(Move.TRANSFER, by=by, at=at, group=group, assignee=assignee, assigned_by=how)


def hold(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Something must be checked first (R57)."""
    return ticket.move(Move.HOLD, by=by, at=at)


def resume(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Take it up again (R57)."""
    return ticket.move(Move.RESUME, by=by, at=at)


def solve(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """The agent considers the problem answered, without a mail now (R59); a reply from the customer reopens it."""
    return ticket.move(Move.SOLVE, by=by, at=at, solved_at=at)


def resolve_internally(ticket: Ticket, *, by: Actor, reason: Resolution, at: datetime) -> Ticket:
    """It ends without a mail to the customer (R65-R72); with reason spam it goes to the spam box (R73)."""
    return ticket.move(Move.RESOLVE_INTERNALLY, by=by, at=at, solved_at=at, resolution=reason)


def close(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """It is over (R61): a reply opens another ticket that follows."""
    return ticket.move(Move.CLOSE, by=by, at=at, closed_at=at)


def reopen(ticket: Ticket, *, at: datetime) -> Ticket:
    """The customer replied: workable again, by the same agent (R60); open from now (R26)."""
    return ticket.go(Move.REOPEN, at=at, opened_at=at, solved_at=None, resolution=None)


def answered(ticket: Ticket, then: Move, *, at: datetime) -> Ticket:
    """A mail to the customer was sent and solves the ticket (R59) or holds it (R58); its author may."""
    ends = {"solved_at": at, "resolution": Resolution.ANSWERED} if then is Move.SOLVE else {}
    return ticket.go(then, at=at, **ends)


def check_reply(ticket: Ticket, then: Move | None) -> None:
    """Whether an answer may leave now, and do this then. Raises Closed, InSpamBox, IllegalTransition."""
    destination(Move.EDIT, ticket.status, spam=ticket.spam, assignee=ticket.assignee)
    if then is not None:
        destination(then, ticket.status, spam=ticket.spam, assignee=ticket.assignee)


def permit_comment(ticket: Ticket, *, by: Actor) -> Ticket:
    """The ticket, for those who work here: comments are always welcome. Raises NotPermitted."""
    permit(Move.COMMENT, by, ticket)
    return ticket
