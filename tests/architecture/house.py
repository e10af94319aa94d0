"""The house as the tests of its walls see it: its Python files, its services, their cards and their code."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from services.chassis.events import Event, declared

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("services", "gateway", "deploy", "tests")
SERVICES = ("customers", "mail", "presence", "routing", "tickets")
CARD_LINE = re.compile(r"^(Owns|Offers|Publishes|Listens) +(.*(?:\n {2,}.*)*)", re.MULTILINE)


def python_files(*rooms: str) -> Iterator[Path]:
    """All files of the rooms, as paths from the root of the project."""
    for room in rooms or ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT)


def card(service: str) -> dict[str, list[str]]:
    """What the card of a service says, {"Offers": [...], ...} in its order."""
    text = import_module(f"services.{service}").__doc__ or ""
    return {head: [each.strip() for each in rest.split(",") if each != "-"] for head, rest in CARD_LINE.findall(text)}


def events(service: str) -> dict[str, type[Event]]:
    """What a service publishes, by type."""
    return {each.type: each for each in declared(import_module(f"services.{service}.events"))}
