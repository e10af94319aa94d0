"""The documents of the events as files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.chassis.documents.asyncapi import asyncapi
from services.chassis.documents.catalogue import catalogue
from services.chassis.documents.cloud_event import NAME, cloud_event_schema
from services.chassis.documents.events_page import events_page


def events_documents() -> dict[str, str]:
    """{path: text} of every document, below the folder of documents."""
    found = catalogue()
    schemas = {NAME: cloud_event_schema()}
    schemas |= {type_: event.json_schema() for events in found.values() for type_, event in events.items()}
    pages = {"asyncapi.yaml": asyncapi(found), "events.md": events_page(found)}
    return pages | {f"schemas/{name}.json": _text(schema) for name, schema in schemas.items()}


def write(folder: Path, documents: Mapping[str, str]) -> None:
    """Write them; a schema of what is no longer declared goes."""
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for old in (folder / "schemas").glob("*.json"):
        if f"schemas/{old.name}" not in documents:
            old.unlink()
    for path, text in documents.items():
        (folder / path).write_text(text, encoding="utf-8")


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
