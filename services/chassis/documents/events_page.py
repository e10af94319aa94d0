"""The page of all events: what each means, its fields, an example."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from services.chassis.documents.catalogue import Catalogue, description
from services.chassis.events import Event

HEAD = """\
# Events

What every service publishes; made by `make docs`. On the wire each is a [CloudEvent](schemas/cloud-event.json) whose
`data` has the fields below; [asyncapi.yaml](asyncapi.yaml) says where it is heard. The subject is the id of the
aggregate that the type's first word names. `changed` is {field: [before, after]}, `personal` holds free text and
contact data, `cascade` is how many decisions led here.
"""
SUBJECTS = {
    "activity": "the activity's ticket",
    "identity": "the customer",
    "mail": "the message",
    "offer": "the task",
}


def events_page(catalogue: Catalogue) -> str:
    """The page in Markdown."""
    pieces = [HEAD, *_contents(catalogue)]
    for service, events in catalogue.items():
        pieces.append(f"## {service}\n")
        pieces += [_section(event) for event in events.values()]
    return "\n".join(pieces)


def subject_of(type: str) -> str:
    """What the subject of a type is."""
    aggregate = type.partition(".")[0]
    return SUBJECTS.get(aggregate, f"the {aggregate}")


def _contents(catalogue: Catalogue) -> Iterator[str]:
    yield "| service | type | subject | what it says |\n| --- | --- | --- | --- |"
    for service, events in catalogue.items():
        for type_, event in events.items():
            summary = description(event).partition("\n")[0]
            yield f"| {service} | [`{type_}`](#{_anchor(type_)}) | {subject_of(type_)} | {summary} |"
    yield ""


def _section(event: type[Event]) -> str:
    schema = event.json_schema()
    required = set(schema["required"])
    rows = [f"| `{name}` | {_type(of)} | {_yes(name in required)} |" for name, of in schema["properties"].items()]
    example = json.dumps(event.example, ensure_ascii=False, indent=2)
    return "\n".join(
        [
            f"### {event.type}\n",
            f"{description(event)}\n",
            f"Subject: {subject_of(event.type)}. Schema: [{event.type}.json](schemas/{event.type}.json).\n",
            "| field | type | always there |\n| --- | --- | --- |",
            *rows,
            f"\n```json\n{example}\n```\n",
        ]
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"array of {_type(schema['items'])}" if "items" in schema else "array"
    if schema.get("type") == "object" and "properties" in schema:
        return "{" + ", ".join(f"`{name}`" for name in schema["properties"]) + "}"
    format_ = schema.get("format")
    return f"{schema['type']} ({format_})" if format_ else str(schema.get("type", "any"))


def _yes(there: bool) -> str:
    return "yes" if there else ""


def _anchor(type: str) -> str:
    return type.replace(".", "")
