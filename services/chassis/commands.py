"""Commands and queries: what a service offers, validated, answered, and run as one transaction each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import getmembers
from typing import Any, TypeVar

import pymongo
from nameko.extensions import register_entrypoint
from pymongo.errors import PyMongoError

from services.chassis import context
from services.chassis.context import Call
from services.chassis.errors import Fault, Stale
from services.chassis.idempotency import Keyed, Replayed
from services.chassis.mongo import Database
from services.chassis.rpc.entrypoint import RpcEntrypoint
from services.chassis.schema import PageOf, Schema
from services.chassis.store.rows import Duplicate
from services.chassis.store.unit import as_fault, run_unit

M = TypeVar("M", bound=Callable[..., Any])
T = TypeVar("T")
Answers = type[Schema] | PageOf | None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a method offers: a command or a query, what it takes, what it answers."""

    kind: str
    request: type[Schema]
    answers: Answers

    def shown(self, result: Any) -> Any:
        """The result as it leaves."""
        if self.answers is None or result is None:
            return result
        return (self.answers if isinstance(self.answers, PageOf) else self.answers()).dump(result)


def query(request: type[Schema], answers: Answers = None) -> Callable[[M], M]:
    """Offer a method that only reads; it never opens a transaction."""
    return _offering(Offer(kind="query", request=request, answers=answers), _ask)


def command(request: type[Schema], answers: Answers = None) -> Callable[[M], M]:
    """Offer a method that changes something; it is the transaction, and may be run again as a whole."""
    return _offering(Offer(kind="command", request=request, answers=answers), _carry_out)


def offered(service_cls: type) -> dict[str, Offer]:
    """The commands and queries of a service by name."""
    return {name: method.offer for name, method in getmembers(service_cls) if hasattr(method, "offer")}


def _offering(offer: Offer, serve: Callable[..., Any]) -> Callable[[M], Any]:
    def decorate(method: M) -> Any:
        @wraps(method)
        def entrypoint(service: Any, /, **raw: Any) -> Any:
            values = offer.request().read(raw)
            try:
                return serve(offer, service, lambda: method(service, **values), method.__name__, raw)
            except Stale as stale:
                stale.facts["current"] = offer.shown(stale.current)
                raise

        entrypoint.offer = offer  # type: ignore[attr-defined]
        register_entrypoint(entrypoint, RpcEntrypoint())
        return entrypoint

    return decorate


def _ask(offer: Offer, service: Any, work: Callable[[], Any], name: str, raw: dict[str, Any]) -> Any:
    return _read(lambda: offer.shown(work()))


def _read(ask: Callable[[], T]) -> T:
    try:
        with pymongo.timeout(max(context.current().remaining(), 0.001)):
            return ask()
    except PyMongoError as error:
        raise as_fault(error) from error


def _carry_out(offer: Offer, service: Any, work: Callable[[], Any], name: str, raw: dict[str, Any]) -> Any:
    call, database = context.current(), service.store.database
    if call.idempotency_key is None:
        return run_unit(database, call, lambda: offer.shown(work()))
    return _once(database, call, Keyed.of(call, name, raw), lambda: offer.shown(work()))


def _once(database: Database, call: Call, keyed: Keyed, work: Callable[[], Any]) -> Any:
    """Do the work once for this key. The look for an earlier result is only made where the work was refused,
    since a key is nearly always new."""

    def with_its_key() -> Any:
        result = work()
        keyed.keep(database, result)
        return result

    try:
        return run_unit(database, call, with_its_key)
    except (Fault, PyMongoError, Duplicate):
        first = _read(lambda: keyed.first_result(database))
        if isinstance(first, Replayed):
            return first
        raise
