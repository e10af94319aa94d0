"""How MongoDB carries out what a store asks of it."""

from collections.abc import Callable, Iterator
from typing import Any

from pymongo import MongoClient, monitoring

from services.chassis.mongo import Database

EXPLAINED = frozenset({"find", "aggregate", "count", "update", "delete"})
OF_THE_CONNECTION = frozenset(
    {"lsid", "txnNumber", "autocommit", "startTransaction", "readConcern", "writeConcern", "$db", "$clusterTime"}
)
COSTLY = frozenset({"COLLSCAN", "SORT"})


class Recorder(monitoring.CommandListener):
    """Remembers every command that reads or picks documents."""

    def __init__(self) -> None:
        self.commands: list[dict[str, Any]] = []

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if event.command_name in EXPLAINED:
            self.commands.append({key: value for key, value in event.command.items() if key not in OF_THE_CONNECTION})

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Of no interest."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Of no interest."""


def recorded(mongodb_uri: str, name: str, ask: Callable[[Database], Any]) -> list[dict[str, Any]]:
    """The commands that `ask` gives to the database of this name."""
    recorder = Recorder()
    with MongoClient[dict[str, Any]](mongodb_uri, tz_aware=True, event_listeners=[recorder]) as client:
        ask(client[name])
    return recorder.commands


def costly(database: Database, command: dict[str, Any]) -> set[str]:
    """The stages of the command's plan that read a whole collection or sort in memory."""
    plan = database.command("explain", command, verbosity="queryPlanner")
    return set(_stages(plan)) & COSTLY


def _stages(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "stage" in value:
            yield value["stage"]
        for key, inner in value.items():
            if key != "rejectedPlans":
                yield from _stages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _stages(inner)
