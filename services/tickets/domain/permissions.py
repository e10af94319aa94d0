"""Who may make which move, as one table (REQUIREMENTS 1.10)."""

from enum import StrEnum
from typing import Protocol

from services.tickets.domain.lifecycle import Move
from services.tickets.errors import NotPermitted


class Actor(Protocol):
    """Who acts, as the call's context knows them."""

    @property
    def kind(self) -> str:
        """agent, service, trigger, customer or system."""

    @property
    def id(self) -> str:
        """The agent's or service's id."""

    @property
    def name(self) -> str:
        """How they are called."""

    @property
    def roles(self) -> tuple[str, ...]:
        """What the token says they are."""


class Owned(Protocol):
    """What is asked of a ticket to know its people."""

    @property
    def assignee(self) -> str | None:
        """Whose it is."""

    @property
    def trigger_assigned(self) -> bool:
        """Whether a trigger gave it to its owner."""


class Who(StrEnum):
    """The parts that an actor can play towards a ticket."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"
    SERVICE = "service"
    TRIGGER = "trigger"
    SYSTEM = "system"
    ASSIGNEE = "assignee"
    KEEPER = "keeper"  # the assignee, unless a trigger assigned (R20)
    UNOWNED = "unowned"  # any agent, while the ticket is nobody's


HEADS = frozenset({Who.LEAD, Who.ADMIN})
OWNER = HEADS | {Who.ASSIGNEE}
EVERYONE = frozenset({Who.AGENT, Who.LEAD, Who.ADMIN, Who.SERVICE})
MACHINES = frozenset({Who.SYSTEM, Who.SERVICE})

PERMISSIONS: dict[Move, frozenset[Who]] = {
    Move.KEEP: frozenset({Who.AGENT, Who.LEAD, Who.ADMIN}),  # and a member of the group, which `keep` checks
    Move.ACCEPT: EVERYONE | MACHINES,
    Move.ASSIGN: HEADS | {Who.SERVICE, Who.TRIGGER},
    Move.TRANSFER: HEADS | {Who.KEEPER},
    Move.HOLD: OWNER,
    Move.RESUME: OWNER,
    Move.SOLVE: OWNER,
    Move.RESOLVE_INTERNALLY: OWNER | {Who.UNOWNED, Who.TRIGGER},
    Move.REOPEN: MACHINES,
    Move.CLOSE: HEADS,
    Move.EXPIRE: MACHINES,
    Move.ESCALATE: OWNER,
    Move.ANSWER_ESCALATION: MACHINES,
    Move.MOVE: OWNER,
    Move.MERGE: OWNER,
    Move.RESTORE: EVERYONE,
    Move.DELETE: HEADS,
    Move.DELETE_SPAM: EVERYONE,
    Move.UNDELETE: EVERYONE,
    Move.UNMERGE: HEADS,
    Move.EDIT: EVERYONE | {Who.TRIGGER},
    Move.COMMENT: EVERYONE,
}


def parts(actor: Actor, ticket: Owned) -> set[Who]:
    """Every part that the actor plays towards the ticket."""
    if actor.kind != "agent":
        return {Who(actor.kind)} if actor.kind in (Who.SERVICE, Who.TRIGGER, Who.SYSTEM) else set()
    played = {who for who in (Who.AGENT, Who.LEAD, Who.ADMIN, Who.SERVICE) if who in actor.roles}
    if ticket.assignee is None:
        played |= {Who.UNOWNED}
    elif ticket.assignee == actor.id:
        played |= {Who.ASSIGNEE} if ticket.trigger_assigned else {Who.ASSIGNEE, Who.KEEPER}
    return played


def permit(move: Move, actor: Actor, ticket: Owned) -> None:
    """Let the actor make the move. Raises NotPermitted."""
    if not PERMISSIONS[move] & parts(actor, ticket):
        raise NotPermitted(move)


def administer(actor: Actor) -> None:
    """Let the actor change how a desk works. Raises NotPermitted."""
    if Who.ADMIN not in actor.roles:
        raise NotPermitted("administer")
