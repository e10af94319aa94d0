"""A decision of the triggers, applied to its ticket as one change, or refused because the ticket moved on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.tickets.domain import moves
from services.tickets.domain.content import edited
from services.tickets.domain.desk import Desk
from services.tickets.domain.permissions import Actor
from services.tickets.domain.tags import retagged
from services.tickets.domain.ticket import EDITABLE, Ticket
from services.tickets.domain.words import INTERNAL_REASONS, Resolution
from services.tickets.errors import REFUSALS, FieldsInvalid

FIELD_MAPS = ("customer_fields", "operator_fields")

Reader = Callable[[dict[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Whose the ticket was when the decision was made."""

    group: str | None
    assignee: str | None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the triggers of one event decided; each action is `{action, ...}`."""

    id: str
    seen: Seen
    actions: tuple[Mapping[str, Any], ...]


def outdated(ticket: Ticket, decision: Decision) -> bool:
    """Whether owner or group are no longer what the decision saw."""
    return (ticket.group, ticket.assignee) != (decision.seen.group, decision.seen.assignee)


@dataclass(frozen=True, kw_only=True)
class Applying:
    """What applying takes: the desk, in whose name, when, how raw changes are read, how tags are first written."""

    desk: Desk
    by: Actor
    at: datetime
    read: Reader
    register: Callable[[Iterable[str]], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The ticket afterwards; `refused` is why it is as it was."""

    ticket: Ticket
    refused: str | None = None

    @property
    def outcome(self) -> str:
        """The word for it."""
        return "refused" if self.refused else "applied"


def decide(ticket: Ticket, decision: Decision, how: Applying) -> Verdict:
    """Apply the decision whole, or refuse it whole."""
    if outdated(ticket, decision):
        return Verdict(ticket=ticket, refused="outdated")
    try:
        return Verdict(ticket=applied(ticket, decision, how))
    except REFUSALS as refusal:
        return Verdict(ticket=ticket, refused=refusal.code)


def applied(ticket: Ticket, decision: Decision, how: Applying) -> Ticket:
    """The ticket after every action, as one change: the version rises by one.

    Raises the refusals of the lifecycle, and Invalid for a value that its field does not take.
    """
    after = ticket
    for action in decision.actions:
        after = ACTIONS.get(action["action"], _of_others)(after, action, how)
    return after if after == ticket else replace(after, version=ticket.version + (after.version > ticket.version))


def _assign(ticket: Ticket, action: Mapping[str, Any], how: Applying) -> Ticket:
    return moves.assign(ticket, by=how.by, group=action.get("group"), assignee=action.get("assignee"), at=how.at)


def _set(ticket: Ticket, action: Mapping[str, Any], how: Applying) -> Ticket:
    outer, _, key = action["field"].partition(".")
    if outer not in EDITABLE or (bool(key) != (outer in FIELD_MAPS)):
        raise FieldsInvalid({action["field"]: ["A trigger cannot set it."]})
    change = how.read({outer: {key: action["value"]} if key else action["value"]})
    if "tags" in change:
        change = {"tags": how.register(change["tags"])}
    return edited(ticket, change, desk=how.desk, by=how.by, at=how.at)


def _tag(ticket: Ticket, action: Mapping[str, Any], how: Applying) -> Ticket:
    added = how.register(how.read({"tags": action.get("add") or []})["tags"])
    tags = retagged(ticket.tags, add=added, remove=action.get("remove") or ())
    return ticket.edit({"tags": tags}, by=how.by, at=how.at)


def _resolve(ticket: Ticket, action: Mapping[str, Any], how: Applying) -> Ticket:
    if action["reason"] not in INTERNAL_REASONS:
        raise FieldsInvalid({"reason": [f"There is no reason {action['reason']}."]})
    return moves.resolve_internally(ticket, by=how.by, reason=Resolution(action["reason"]), at=how.at)


def _of_others(ticket: Ticket, action: Mapping[str, Any], how: Applying) -> Ticket:
    """Replies, notices and queueing follow elsewhere once the decision is applied."""
    return ticket


ACTIONS: dict[str, Callable[[Ticket, Mapping[str, Any], Applying], Ticket]] = {
    "assign": _assign,
    "set": _set,
    "tag": _tag,
    "resolve_internally": _resolve,
}
