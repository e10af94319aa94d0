"""The AsyncAPI 3.0 document of all events, as other teams hear them on the public exchange."""

from collections.abc import Iterator
from typing import Any

import yaml

from services.chassis import names
from services.chassis.documents.catalogue import Catalogue, description
from services.chassis.documents.cloud_event import envelope_of
from services.chassis.events import SCHEMA_MAJOR, Event

MEDIA_TYPE = "application/cloudevents+json"
INTRODUCTION = f"""\
Every event of every service is a CloudEvent on the durable topic exchange `{names.PUBLIC_EXCHANGE}`; its routing key is
its type. Bind a queue of your own to it. Deliveries are at least once, first deliveries in order for each subject: drop
what you have seen by `id`, ignore fields that you do not know, and bear values that are new to you. A changed meaning
is a new type.
"""


def asyncapi(catalogue: Catalogue) -> str:
    """The document in YAML."""
    events = list(_all(catalogue))
    document = {
        "asyncapi": "3.0.0",
        "id": "urn:madoguchi:events",
        "info": {"title": "Madoguchi's events", "version": f"{SCHEMA_MAJOR}.0.0", "description": INTRODUCTION},
        "defaultContentType": MEDIA_TYPE,
        "channels": {event.type: _channel(service, event) for service, event in events},
        "operations": {f"publish.{event.type}": _operation(service, event) for service, event in events},
        "components": {"messages": {event.type: _message(service, event) for service, event in events}},
    }
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120))


def example_of(service: str, event: type[Event]) -> dict[str, Any]:
    """A whole CloudEvent around the example of an event."""
    return {
        "specversion": "1.0",
        "id": "01JD9V3K5T6M8Q2R4S6T8V0W2X",
        "source": f"/madoguchi/local/{service}",
        "type": event.type,
        "subject": "01JD9V1A2B3C4D5E6F7G8H9J0K",
        "time": "2026-11-22T01:02:05.630Z",
        "datacontenttype": "application/json",
        "dataschema": event.json_schema()["$id"],
        "sequence": "00000000000000000007",
        "position": "1-00000000000000004711",
        "correlationid": "01JD9V3A2B3C4D5E6F7G8H9J0K",
        "actor": "agent/alice",
        "data": dict(event.example),
    }


def _all(catalogue: Catalogue) -> Iterator[tuple[str, type[Event]]]:
    for service, events in catalogue.items():
        for event in events.values():
            yield service, event


def _channel(service: str, event: type[Event]) -> dict[str, Any]:
    exchange = {"name": names.PUBLIC_EXCHANGE, "type": "topic", "durable": True, "autoDelete": False}
    return {
        "address": event.type,
        "messages": {event.type: {"$ref": f"#/components/messages/{event.type}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
        "tags": [{"name": service}],
    }


def _operation(service: str, event: type[Event]) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{event.type}"},
        "summary": description(event).partition("\n")[0],
        "tags": [{"name": service}],
    }


def _message(service: str, event: type[Event]) -> dict[str, Any]:
    return {
        "name": event.type,
        "title": event.__name__,
        "summary": description(event).partition("\n")[0],
        "contentType": MEDIA_TYPE,
        "payload": envelope_of(event.type, {"$ref": f"./schemas/{event.type}.json"}),
        "examples": [{"payload": example_of(service, event)}],
    }
