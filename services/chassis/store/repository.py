"""The base of every store: its collections, and what any transaction may do besides."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self, TypeVar

from pymongo.client_session import ClientSession

from services.chassis import due
from services.chassis.clock import now
from services.chassis.events import Event
from services.chassis.mongo import Database
from services.chassis.store.aggregates import Aggregates, Shelf, Table
from services.chassis.store.indexes import Index
from services.chassis.store.numbers import Numbers
from services.chassis.store.paging import page_of
from services.chassis.store.rows import Rows, Sort
from services.chassis.store.unit import Unit

T = TypeVar("T")


class Repository:
    """A service's database. Reads and writes join the unit that runs here; without one, reads are by majority."""

    def __init__(self, database: Database, *, peeking: bool = False) -> None:
        self.database = database
        self._peeking = peeking

    @property
    def peek(self) -> Self:
        """The same store, read outside of the transaction, for what only prepares."""
        return type(self)(self.database, peeking=True)

    @property
    def numbers(self) -> Numbers:
        """Human numbers."""
        return Numbers(self.database)

    def reading(self) -> ClientSession | None:
        """The session to read with."""
        unit = Unit.current()
        return None if unit is None or self._peeking else unit.session()

    def writing(self) -> ClientSession:
        """The session to write with."""
        if self._peeking:
            raise RuntimeError("A peek does not write.")
        return Unit.required().session()

    def rows(self, name: str) -> Rows:
        """The plain rows of a collection."""
        return Rows(self, name)

    def add(self, aggregate: T, *events: Event) -> T:
        """Store a new aggregate with the events of its making; the aggregate as stored. Raises Duplicate."""
        return self._shelf(type(aggregate)).add(aggregate, *events)

    def save(self, aggregate: T, *events: Event) -> T:
        """Store a changed aggregate with the events of its change; the aggregate as stored."""
        return self._shelf(type(aggregate)).save(aggregate, *events)

    def delete(self, aggregate: T, *events: Event) -> None:
        """Take an aggregate away with the events that say so."""
        self._shelf(type(aggregate)).delete(aggregate, *events)

    def touch(self, slot: str) -> None:
        """Make this transaction exclusive with every other that decides on the same absence."""
        self.rows("slots").update({"_id": slot}, {"$inc": {"touched": 1}}, upsert=True)

    def set_timer(self, name: str, key: str, at: datetime, **args: Any) -> None:
        """Let the timer `name` run for `key` at this instant, instead of any that was set before."""
        row = {"name": name, "key": key, "due_at": at, "args": args, "attempts": 0, "fence": 0}
        self.rows("timers").put(f"{name}|{key}", row)
        Unit.required().after_commit(due.changed)

    def cancel_timer(self, name: str, key: str) -> None:
        """Forget the timer, if it is set."""
        self.rows("timers").delete({"_id": f"{name}|{key}"})

    def follow_up(self, name: str, key: str, *, service: str, command: str, args: dict[str, Any]) -> None:
        """Owe another service a command: it is called after this transaction stands, with `key`, until it answers."""
        call = Unit.required().call.keyed(f"{name}|{key}")
        row = {"name": name, "key": key, "service": service, "command": command, "args": args, "state": "waiting"}
        self.rows("follow_ups").insert(
            row | {"_id": f"{name}|{key}", "due_at": now(), "attempts": 0, "fence": 0, "call": call.to_headers()}
        )
        Unit.required().after_commit(due.changed)

    def page(
        self, shelf: Shelf[T] | Rows, filter: dict[str, Any], *, sort: Sort, limit: int, cursor: str | None
    ) -> dict[str, Any]:
        """One page: `{"items": [...], "next": cursor or None}`. Raises Invalid for a cursor that is not its own."""
        return page_of(shelf, filter, sort=sort, limit=limit, cursor=cursor)

    def _shelf(self, cls: type[T]) -> Shelf[T]:
        for declaration in declarations(type(self)):
            if isinstance(declaration, Aggregates) and declaration.cls is cls:
                return declaration.__get__(self, type(self))
        raise TypeError(f"{type(self).__name__} stores no {cls.__name__}.")


def declarations(cls: type[Repository]) -> Iterator["Aggregates[Any] | Table"]:
    """The collections that a store declares."""
    for name in dir(cls):
        declaration = getattr(cls, name)
        if isinstance(declaration, Aggregates | Table):
            yield declaration


def indexes_of(cls: type[Repository]) -> dict[str, list[Index]]:
    """The indexes that a store declares, by collection."""
    return {each.name: each.indexes for each in declarations(cls)}
