"""What a service may stand on: its store, the clock, its caller, other services, and its settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, Self, TypeVar, overload

from nameko.extensions import DependencyProvider

from services.chassis import clock, context
from services.chassis.broadcast import Broadcast
from services.chassis.context import Actor, Call
from services.chassis.rpc.provider import Rpc
from services.chassis.settings import read, settings
from services.chassis.store import Repository, connect

__all__ = ["Broadcast", "Caller", "Clock", "Config", "Opened", "Rpc", "Store"]

T = TypeVar("T")
R = TypeVar("R", bound=Repository)


class Provided(DependencyProvider, Generic[T]):
    """A provider that says what an instance of the service finds under its name."""

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        raise AttributeError(f"{owner.__name__} is not run by a container, so it has no {self.attr_name}.")


class Store(Provided[R]):
    """The service's store: `store = Store(TicketStore)`."""

    def __init__(self, cls: type[R]) -> None:
        self.cls = cls
        self._store: R | None = None

    def setup(self) -> None:
        self._store = self.cls(connect(settings(), self.container.service_name))

    def get_dependency(self, worker_ctx: Any) -> R | None:
        return self._store

    def stop(self) -> None:
        if self._store is not None:
            self._store.database.client.close()


class Now:
    """The database's clock."""

    def now(self) -> datetime:
        """Aware, UTC, whole milliseconds."""
        return clock.now()


class Clock(Provided[Now]):
    """The database's clock: `clock = Clock()`, then `self.clock.now()`."""

    def get_dependency(self, worker_ctx: Any) -> Now:
        return Now()


class Calling:
    """Who calls, in the call served here."""

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return context.current().actor

    @property
    def call(self) -> Call:
        """The whole context."""
        return context.current()


class Caller(Provided[Calling]):
    """Who calls: `caller = Caller()`, then `self.caller.actor`."""

    def get_dependency(self, worker_ctx: Any) -> Calling:
        return Calling()


class Config(Provided[T]):
    """The service's own settings, a frozen dataclass: `config = Config(MailSettings)`."""

    def __init__(self, cls: type[T]) -> None:
        self.cls = cls
        self._config: T | None = None

    def setup(self) -> None:
        self._config = read(self.cls)

    def get_dependency(self, worker_ctx: Any) -> T | None:
        return self._config


class Opened(Provided[T]):
    """What is opened with settings at the start and closed at the end: `Opened(open_parsers, MailSettings)`."""

    def __init__(self, make: Callable[[Any], T], settings_cls: type) -> None:
        self.make = make
        self.settings_cls = settings_cls
        self._opened: Any = None

    def setup(self) -> None:
        self._opened = self.make(read(self.settings_cls))

    def stop(self) -> None:
        self._opened.close()

    def get_dependency(self, worker_ctx: Any) -> T:
        opened: T = self._opened
        return opened
