"""Aggregates: values with a history, compared and set by `sequence`, stored with the events of their change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from services.chassis import clock
from services.chassis.errors import NotFound, Stale
from services.chassis.events import Event
from services.chassis.mongo import Document
from services.chassis.store.codec import from_document, to_document
from services.chassis.store.indexes import Index
from services.chassis.store.log import EVENTS, rows_of
from services.chassis.store.rows import Rows, Sort
from services.chassis.store.unit import LostRace, Unit

if TYPE_CHECKING:
    from services.chassis.store.repository import Repository

T = TypeVar("T")


class Shelf(Generic[T]):
    """The stored aggregates of one class, read and written within the running transaction."""

    def __init__(self, repository: "Repository", cls: type[T], rows: Rows) -> None:
        self._repository = repository
        self._cls = cls
        self.rows = rows

    def get(self, id: str, if_version: int | None = None) -> T:
        """The aggregate of this id. Raises NotFound, and Stale when its version is another."""
        return self.one({"_id": id}, if_version, name=id)

    def one(self, filter: Mapping[str, Any], if_version: int | None = None, *, name: Any = "") -> T:
        """The aggregate that fits. Raises NotFound, and Stale when its version is another."""
        found = self.find_one(filter)
        if found is None:
            raise NotFound(f"There is no {self._cls.__name__.lower()} {name}.")
        if if_version is not None and found.version != if_version:  # type: ignore[attr-defined]
            raise Stale(f"The {self._cls.__name__.lower()} was changed meanwhile.", current=found)
        return found

    def find_one(self, filter: Mapping[str, Any], sort: Sort | None = None) -> T | None:
        """The first that fits."""
        document = self.rows.find_one(filter, sort)
        return None if document is None else self.of(document)

    def find(self, filter: Mapping[str, Any], sort: Sort | None = None, limit: int = 0) -> list[T]:
        """All that fit."""
        return [self.of(document) for document in self.rows.find(filter, sort, limit)]

    def of(self, document: Document) -> T:
        """The aggregate that a document holds."""
        return from_document(self._cls, document)

    def add(self, aggregate: T, *events: Event) -> T:
        """Store a new aggregate with the events of its making. Raises Duplicate."""
        stored = self._after(aggregate, events)
        self.rows.insert(to_document(stored))
        self._record(aggregate, events)
        return stored

    def save(self, aggregate: T, *events: Event) -> T:
        """Store an aggregate as it is now, if nobody else did since it was read; at least one event says why."""
        stored = self._after(aggregate, events)
        if not self.rows.replace(_as_read(aggregate), to_document(stored)):
            raise LostRace(aggregate)
        self._record(aggregate, events)
        return stored

    def keep(self, aggregate: T) -> None:
        """Store what is nobody else's business: no event, and `sequence` stays."""
        self.rows.put(aggregate.id, to_document(aggregate))  # type: ignore[attr-defined]

    def delete(self, aggregate: T, *events: Event) -> None:
        """Take an aggregate away, its events stay."""
        self._after(aggregate, events)
        if not self.rows.delete(_as_read(aggregate)):
            raise LostRace(aggregate)
        self._record(aggregate, events)

    def _after(self, aggregate: Any, events: tuple[Event, ...]) -> T:
        if not events:
            raise ValueError(f"A {self._cls.__name__} was changed without an event that says so.")
        stored: T = replace(aggregate, sequence=aggregate.sequence + len(events))
        return stored

    def _record(self, aggregate: Any, events: tuple[Event, ...]) -> None:
        kind, call = self._cls.__name__.lower(), Unit.required().call
        rows = rows_of(events, kind=kind, after=aggregate.sequence, call=call, at=clock.now())
        self._repository.rows(EVENTS).insert(*rows)


def _as_read(aggregate: Any) -> dict[str, Any]:
    return {"_id": aggregate.id, "sequence": aggregate.sequence}


class Aggregates(Generic[T]):
    """Declares a collection of aggregates in a store: `tickets = Aggregates(Ticket, "tickets", indexes=[...])`."""

    def __init__(self, cls: type[T], name: str, indexes: list[Index] | None = None) -> None:
        self.cls = cls
        self.name = name
        self.indexes = indexes or []

    @overload
    def __get__(self, repository: None, owner: type) -> "Aggregates[T]": ...
    @overload
    def __get__(self, repository: "Repository", owner: type) -> Shelf[T]: ...
    def __get__(self, repository: "Repository | None", owner: type) -> "Aggregates[T] | Shelf[T]":
        return self if repository is None else Shelf(repository, self.cls, repository.rows(self.name))


class Table:
    """Declares a collection of plain rows in a store: `names = Table("customer_names", indexes=[...])`."""

    def __init__(self, name: str, indexes: list[Index] | None = None) -> None:
        self.name = name
        self.indexes = indexes or []

    @overload
    def __get__(self, repository: None, owner: type) -> "Table": ...
    @overload
    def __get__(self, repository: "Repository", owner: type) -> Rows: ...
    def __get__(self, repository: "Repository | None", owner: type) -> "Table | Rows":
        return self if repository is None else repository.rows(self.name)
