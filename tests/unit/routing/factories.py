"""The usual values of routing's domain; a test names only what matters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.routing.domain.group import Group
from services.routing.domain.problems import Problems
from services.routing.domain.question import Question
from services.routing.domain.reading import read_condition
from services.routing.domain.snapshot import Snapshot
from services.routing.domain.task import Task
from services.routing.domain.ticket import TicketSeen
from services.routing.domain.trigger import Trigger, TriggerSet

NOW = datetime(2026, 11, 22, 1, 2, 5, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def is_(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": "is", "value": value}


def holds(raw: dict[str, Any], changed: tuple[str, ...] = (), **values: Any) -> bool:
    """Whether the condition holds for values whose names have `__` for a dot."""
    problems = Problems()
    condition = read_condition(raw, "when", problems)
    problems.settle()
    return condition.holds(Snapshot.of({name.replace("__", "."): value for name, value in values.items()}, changed))


def a_trigger(**fields: Any) -> Trigger:
    usual = {
        "id": "t1",
        "name": "A trigger",
        "on": ["ticket.created"],
        "position": 1,
        "when": {"all": []},
        "then": [{"action": "assign", "group": "billing"}],
    }
    return Trigger.create(**(usual | fields), at=NOW)


def a_set(*triggers: Trigger) -> TriggerSet:
    return TriggerSet(number=7, triggers=triggers)


def a_group(**fields: Any) -> Group:
    usual = {"id": "billing", "name": "Billing", "desk": "support", "members": [{"agent": "alice", "skills": {}}]}
    return Group.create(**(usual | fields), at=NOW)


def told(**fields: Any) -> dict[str, Any]:
    """The data of an event of a ticket."""
    usual = {
        "ticket": "T1",
        "number": 1001,
        "desk": "support",
        "group": None,
        "assignee": None,
        "assigned_by": None,
        "status": "new",
        "channel": "mail",
        "customer": "C1",
        "changed": {},
        "personal": {"title": "請求書について"},
    }
    return usual | fields


def a_question(cascade: int = 0, **fields: Any) -> Question:
    return Question.of(told(**fields), occasion="ticket.created", event="E1", cascade=cascade)


def seen(**fields: Any) -> TicketSeen:
    usual = {
        "id": "T1",
        "number": 1001,
        "desk": "support",
        "group": "billing",
        "assignee": None,
        "status": "new",
        "channel": "mail",
        "customer": "C1",
        "priority": None,
    }
    return TicketSeen(**(usual | fields))


def a_task(**fields: Any) -> Task:
    return Task.queue(seen(), "billing", id="K1", at=NOW) if not fields else _task(fields)


def _task(fields: dict[str, Any]) -> Task:
    usual = {
        "id": "K1",
        "ticket": "T1",
        "number": 1001,
        "desk": "support",
        "group": "billing",
        "channel": "mail",
        "priority": "normal",
        "customer": "C1",
        "queued_at": NOW,
    }
    return Task(**(usual | fields))
