"""A counter and its store: the smallest aggregate there is."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from services.chassis.events import Event
from services.chassis.store import Aggregates, Index, Repository, Table


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A number that only rises."""

    id: str
    value: int = 0
    sequence: int = 0
    version: int = 1

    def raised(self) -> Self:
        """One more."""
        return replace(self, value=self.value + 1, version=self.version + 1)


@dataclass(frozen=True, kw_only=True)
class CounterRaised(Event):
    """A counter was raised by one."""

    type: ClassVar[str] = "counter.raised"
    example: ClassVar[dict[str, object]] = {"counter": "a", "value": 1}

    counter: str
    value: int

    @classmethod
    def of(cls, counter: Counter) -> Self:
        """That this counter was raised to what it is now."""
        return cls(subject=counter.id, counter=counter.id, value=counter.value)


@dataclass(frozen=True, kw_only=True)
class Lamp:
    """Another kind of thing, whose id may be that of a counter."""

    id: str
    sequence: int = 0
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """A lamp was lit."""

    type: ClassVar[str] = "lamp.lit"
    example: ClassVar[dict[str, object]] = {"lamp": "a"}

    lamp: str


class CounterStore(Repository):
    """Counters, and plain rows beside them."""

    counters = Aggregates(Counter, "counters", indexes=[Index("value")])
    lamps = Aggregates(Lamp, "lamps")
    notes = Table("notes", indexes=[Index("word", unique=True)])

    def open(self, id: str) -> Counter:
        """A new counter."""
        counter = Counter(id=id)
        return self.add(counter, CounterRaised.of(counter))

    def bump(self, id: str, if_version: int | None = None) -> Counter:
        """Raise a counter by one."""
        counter = self.counters.get(id, if_version).raised()
        return self.save(counter, CounterRaised.of(counter))

    def light(self, id: str) -> Lamp:
        """A new lamp, lit."""
        return self.add(Lamp(id=id), LampLit(subject=id, lamp=id))
