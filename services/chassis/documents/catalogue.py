"""All events that are declared in this house, found by the services' cards."""

from collections.abc import Mapping
from importlib import import_module

from services.chassis.events import Event, declared
from services.chassis.topology import cards

Catalogue = Mapping[str, Mapping[str, type[Event]]]


def catalogue() -> Catalogue:
    """{service: {type: event}}, both in the order of the alphabet."""
    return {service: events_of(service) for service in sorted(cards())}


def events_of(service: str) -> dict[str, type[Event]]:
    """What a service publishes, by type."""
    found = {event.type: event for event in declared(import_module(f"services.{service}.events"))}
    return dict(sorted(found.items()))


def description(event: type[Event]) -> str:
    """What an event means, without the indentation of its source."""
    return event.json_schema()["description"]  # type: ignore[no-any-return]
