"""The events that routing publishes (EVENTS.md)."""

from services.routing.events.decisions import DecisionMade
from services.routing.events.groups import GroupCreated, GroupDeleted, GroupUpdated
from services.routing.events.tasks import TaskAccepted, TaskCompleted, TaskQueued, TaskWithdrawn
from services.routing.events.triggers import TriggerCreated, TriggerDeleted, TriggerUpdated

__all__ = [
    "DecisionMade",
    "GroupCreated",
    "GroupDeleted",
    "GroupUpdated",
    "TaskAccepted",
    "TaskCompleted",
    "TaskQueued",
    "TaskWithdrawn",
    "TriggerCreated",
    "TriggerDeleted",
    "TriggerUpdated",
]
