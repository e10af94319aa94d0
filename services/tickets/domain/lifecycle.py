"""The lifecycle of a ticket as one table: which move leads from where to where (REQUIREMENTS 1.10)."""

from dataclasses import dataclass
from enum import StrEnum

from services.tickets.errors import Closed, IllegalTransition, InSpamBox


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"  # open, and nobody's
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    SOLVED = "solved"  # a reply from the customer reopens it
    CLOSED = "closed"  # a reply opens a new ticket that follows it
    RESOLVED_INTERNALLY = "resolved_internally"  # no mail to the customer; with reason spam: the spam box
    ESCALATING = "escalating"
    ESCALATION_ANSWERED = "escalation_answered"


class Move(StrEnum):
    """What can be done to a ticket."""

    KEEP = "keep"
    ACCEPT = "accept"  # an offer of routing, which judged it
    ASSIGN = "assign"
    TRANSFER = "transfer"
    HOLD = "hold"
    RESUME = "resume"
    SOLVE = "solve"
    RESOLVE_INTERNALLY = "resolve_internally"
    REOPEN = "reopen"  # the customer replies
    CLOSE = "close"
    EXPIRE = "expire"  # the timer closes
    ESCALATE = "escalate"
    ANSWER_ESCALATION = "answer_escalation"
    MOVE = "move"
    MERGE = "merge"
    RESTORE = "restore"  # out of the spam box
    DELETE = "delete"
    DELETE_SPAM = "delete_spam"
    UNDELETE = "undelete"
    UNMERGE = "unmerge"
    EDIT = "edit"  # PATCH, tags, drafts and replies
    COMMENT = "comment"


OPEN = frozenset(
    {Status.NEW, Status.IN_PROGRESS, Status.ON_HOLD, Status.ESCALATING, Status.ESCALATION_ANSWERED},
)
ALL = frozenset(Status)
BY_OWNER = None  # in_progress with an assignee, else new (R22)
EITHER = (False, True)


@dataclass(frozen=True)
class Path:
    """From where a move may be made, and where it leads; `spam`: whether it may start outside, inside the spam box."""

    sources: frozenset[Status]
    target: Status | None = BY_OWNER
    stays: bool = False
    spam: tuple[bool, ...] = (False,)


def _of(*sources: Status) -> frozenset[Status]:
    return frozenset(sources)


LIFECYCLE: dict[Move, Path] = {
    Move.KEEP: Path(_of(Status.NEW), Status.IN_PROGRESS),
    Move.ACCEPT: Path(_of(Status.NEW), Status.IN_PROGRESS),
    Move.ASSIGN: Path(OPEN),
    Move.TRANSFER: Path(OPEN - {Status.ESCALATING}),
    Move.HOLD: Path(_of(Status.IN_PROGRESS, Status.ESCALATION_ANSWERED), Status.ON_HOLD),
    Move.RESUME: Path(_of(Status.ON_HOLD, Status.ESCALATING, Status.ESCALATION_ANSWERED), Status.IN_PROGRESS),
    Move.SOLVE: Path(_of(Status.IN_PROGRESS, Status.ON_HOLD, Status.ESCALATION_ANSWERED), Status.SOLVED),
    Move.RESOLVE_INTERNALLY: Path(OPEN, Status.RESOLVED_INTERNALLY),
    Move.REOPEN: Path(_of(Status.SOLVED, Status.RESOLVED_INTERNALLY)),
    Move.CLOSE: Path(_of(Status.SOLVED, Status.RESOLVED_INTERNALLY), Status.CLOSED),
    Move.EXPIRE: Path(_of(Status.SOLVED), Status.CLOSED),
    Move.ESCALATE: Path(_of(Status.IN_PROGRESS, Status.ON_HOLD, Status.ESCALATION_ANSWERED), Status.ESCALATING),
    Move.ANSWER_ESCALATION: Path(_of(Status.ESCALATING), Status.ESCALATION_ANSWERED),
    Move.MOVE: Path(OPEN, Status.NEW),
    Move.MERGE: Path(OPEN | {Status.SOLVED}, stays=True),
    Move.RESTORE: Path(_of(Status.RESOLVED_INTERNALLY), spam=(True,)),
    Move.DELETE: Path(ALL, stays=True),
    Move.DELETE_SPAM: Path(_of(Status.RESOLVED_INTERNALLY), stays=True, spam=(True,)),
    Move.UNDELETE: Path(ALL, stays=True, spam=EITHER),
    Move.UNMERGE: Path(ALL, stays=True),
    Move.EDIT: Path(ALL - {Status.CLOSED}, stays=True),
    Move.COMMENT: Path(ALL, stays=True, spam=EITHER),
}


def destination(move: Move, status: Status, *, spam: bool, assignee: str | None) -> Status:
    """Where the move leads a ticket that will have this assignee. Raises IllegalTransition, InSpamBox, Closed."""
    path = LIFECYCLE[move]
    if status not in path.sources or spam not in path.spam:
        raise _refusal(move, status, spam)
    if path.stays:
        return status
    return path.target or (Status.IN_PROGRESS if assignee else Status.NEW)


def _refusal(move: Move, status: Status, spam: bool) -> Exception:
    if move is not Move.EDIT:
        return IllegalTransition(move, "spam" if spam else status)
    return InSpamBox() if spam else Closed()
