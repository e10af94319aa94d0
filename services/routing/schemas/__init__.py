"""What enters routing, and what leaves it."""

from services.routing.schemas.decisions import DecisionView, OfTicket
from services.routing.schemas.groups import ChangeGroup, CreateGroup, GroupView
from services.routing.schemas.tasks import ListQueue, ListTasks, MoveTask, PreviewView, TaskView
from services.routing.schemas.things import One, OneAsSeen
from services.routing.schemas.triggers import ChangeTrigger, CreateTrigger, TriggerView

__all__ = [
    "ChangeGroup",
    "ChangeTrigger",
    "CreateGroup",
    "CreateTrigger",
    "DecisionView",
    "GroupView",
    "ListQueue",
    "ListTasks",
    "MoveTask",
    "OfTicket",
    "One",
    "OneAsSeen",
    "PreviewView",
    "TaskView",
    "TriggerView",
]
