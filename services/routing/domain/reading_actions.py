"""Reads the actions of a trigger from what an administrator wrote; every mistake is named by its path."""

import re
from collections.abc import Callable
from typing import Any

from services.routing.domain.actions import Action, Assign, ResolveInternally, SetField, Tag
from services.routing.domain.fields import PRIORITIES, REASONS
from services.routing.domain.numbers import is_number
from services.routing.domain.problems import Mistake, Problems
from services.routing.domain.text import storable

MOST_ACTIONS = 50
MOST_TAGS = 50
LONGEST_TAG = 50
LONGEST_TEXT = 2000
LONGEST_TITLE = 255
LONGEST_ID = 64

TEXT_FIELDS = {"title": LONGEST_TITLE, "description": LONGEST_TEXT, "intake_type": LONGEST_TITLE}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FIELD_MAPS = ("customer_fields", "operator_fields")
NOT_YET = ("queue", "reply", "notify")

Reader = Callable[[dict[str, Any], str], Action]


def read_actions(raw: Any, path: str, problems: Problems) -> tuple[Action, ...]:
    """The actions that the JSON list says; those that are wrong are left out and become problems at their paths."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST_ACTIONS:
        problems.add(path, f"It must be a list of 1 to {MOST_ACTIONS} actions.")
        return ()
    actions = []
    for at, each in enumerate(raw):
        try:
            actions.append(_read(each, f"{path}.{at}"))
        except Mistake as mistake:
            problems.add(mistake.path, mistake.sentence)
    return tuple(actions)


def _read(raw: Any, path: str) -> Action:
    if not isinstance(raw, dict):
        raise Mistake(path, "It must be an object.")
    word = raw.get("action")
    if word in NOT_YET:
        raise Mistake(f"{path}.action", f"`{word}` can not be carried out yet.")
    if not isinstance(word, str) or word not in _READERS:
        raise Mistake(f"{path}.action", f"It must be one of {', '.join(_READERS)}.")
    read, known = _READERS[word]
    for name in sorted(raw.keys() - {"action", *known}):
        raise Mistake(f"{path}.{name}", f"`{word}` takes no such field.")
    return read(raw, path)


def _assign(raw: dict[str, Any], path: str) -> Action:
    group, assignee = raw.get("group"), raw.get("assignee")
    for name, value in (("group", group), ("assignee", assignee)):
        if value is not None and not _is_text(value, LONGEST_ID):
            raise Mistake(f"{path}.{name}", f"It must be an id of at most {LONGEST_ID} characters.")
    if group is None and assignee is None:
        raise Mistake(path, "`assign` needs a group, an assignee, or both.")
    return Assign(group, assignee)


def _set(raw: dict[str, Any], path: str) -> Action:
    field, value = raw.get("field"), raw.get("value")
    if not isinstance(field, str):
        raise Mistake(f"{path}.field", "It must be the name of a field.")
    sentence = _value_problem(field, value)
    if sentence is not None:
        raise Mistake(f"{path}.value", sentence)
    if not _settable(field):
        raise Mistake(f"{path}.field", "A trigger can not set this field.")
    return SetField(field, value)


def _tag(raw: dict[str, Any], path: str) -> Action:
    add, remove = raw.get("add") or [], raw.get("remove") or []
    for name, tags in (("add", add), ("remove", remove)):
        if not isinstance(tags, list) or len(tags) > MOST_TAGS or not all(_is_tag(each) for each in tags):
            raise Mistake(f"{path}.{name}", f"At most {MOST_TAGS} tags of 1 to {LONGEST_TAG} characters each.")
    if not add and not remove:
        raise Mistake(path, "`tag` needs tags to add or to remove.")
    return Tag(tuple(add), tuple(remove))


def _resolve(raw: dict[str, Any], path: str) -> Action:
    if raw.get("reason") not in REASONS:
        raise Mistake(f"{path}.reason", f"It must be one of {', '.join(REASONS)}.")
    return ResolveInternally(raw["reason"])


def _settable(field: str) -> bool:
    outer, _, inner = field.partition(".")
    return field in ("priority", "language") or field in TEXT_FIELDS or (outer in FIELD_MAPS and bool(inner))


def _value_problem(field: str, value: Any) -> str | None:
    if field == "priority":
        return None if value in PRIORITIES else f"It must be one of {', '.join(PRIORITIES)}."
    if field == "language":
        fits = isinstance(value, str) and LANGUAGE.fullmatch(value) is not None
        return None if fits else "It must be a language tag such as ja."
    if field in TEXT_FIELDS:
        longest = TEXT_FIELDS[field]
        return None if _is_text(value, longest) else f"It must be a text of 1 to {longest} characters."
    fits = value is None or is_number(value) or isinstance(value, bool) or _is_text(value, LONGEST_TEXT)
    return None if fits else "It must be a text, a number, true, false or null."


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= longest and storable(value)


def _is_tag(value: Any) -> bool:
    return _is_text(value, LONGEST_TAG) and bool(value.strip())


_READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "assign": (_assign, ("group", "assignee")),
    "set": (_set, ("field", "value")),
    "tag": (_tag, ("add", "remove")),
    "resolve_internally": (_resolve, ("reason",)),
}
