"""What a service may stand on: its store, the clock, its caller, other services, and its settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis import clock, context
from services.chassis.context import Actor, Call
from services.chassis.rpc.provider import Rpc
from services.chassis.settings import read, settings
from services.chassis.store import Repository, connect

__all__ = ["Caller", "Clock", "Config", "Opened", "Rpc", "Store"]


class Store(DependencyProvider):
    """The service's store: `store = Store(TicketStore)`."""

    def __init__(self, cls: type[Repository]) -> None:
        self.cls = cls
        self._store: Repository | None = None

    def setup(self) -> None:
        self._store = self.cls(connect(settings(), self.container.service_name))

    def get_dependency(self, worker_ctx: Any) -> Repository | None:
        return self._store

    def stop(self) -> None:
        if self._store is not None:
            self._store.database.client.close()


class _Now:
    """The database's clock."""

    def now(self) -> datetime:
        """Aware, UTC, whole milliseconds."""
        return clock.now()


class Clock(DependencyProvider):
    """The database's clock: `clock = Clock()`, then `self.clock.now()`."""

    def get_dependency(self, worker_ctx: Any) -> _Now:
        return _Now()


class _Caller:
    """Who calls, in the call served here."""

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return context.current().actor

    @property
    def call(self) -> Call:
        """The whole context."""
        return context.current()


class Caller(DependencyProvider):
    """Who calls: `caller = Caller()`, then `self.caller.actor`."""

    def get_dependency(self, worker_ctx: Any) -> _Caller:
        return _Caller()


class Config(DependencyProvider):
    """The service's own settings, a frozen dataclass: `config = Config(MailSettings)`."""

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self._config: Any = None

    def setup(self) -> None:
        self._config = read(self.cls)

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self._config


class Opened(DependencyProvider):
    """What is opened with settings at the start and closed at the end: `Opened(ParserPool.open, MailSettings)`."""

    def __init__(self, make: Callable[[Any], Any], settings_cls: type) -> None:
        self.make = make
        self.settings_cls = settings_cls
        self._kept: Any = None

    def setup(self) -> None:
        self._kept = self.make(read(self.settings_cls))

    def stop(self) -> None:
        self._kept.close()

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self._kept
