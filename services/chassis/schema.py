"""The base of every schema, and the fields that the contract knows: text, identifiers, instants, spans, pages.

A field that is none of marshmallow's own says in `json_schema` what it is in JSON; the published documents read it.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import marshmallow
from marshmallow import EXCLUDE, RAISE, ValidationError, fields, validate

from services.chassis import context
from services.chassis.errors import Invalid
from services.chassis.instants import instant_text, read_instant, read_span, span_text

CHOSEN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
MAX_INTEGER = 2**63 - 1


class Schema(marshmallow.Schema):
    """Refuses unknown fields from the edge and ignores them between services, all the way down."""

    class Meta:
        unknown = RAISE

    def _do_load(self, data: Any, *, unknown: Any = None, **options: Any) -> Any:
        asked: Any = unknown if context.current().strict else EXCLUDE
        return super()._do_load(data, unknown=asked, **options)

    def read(self, raw: Any) -> dict[str, Any]:
        """The values of `raw`. Raises Invalid, naming every field that is wrong by its path."""
        try:
            loaded: dict[str, Any] = self.load(raw)
        except ValidationError as error:
            raise Invalid("Some fields are not as they must be.", errors=flat(error.messages)) from None
        return loaded


def flat(messages: Any, path: str = "") -> dict[str, list[str]]:
    """marshmallow's nested messages as {dotted path: [reasons]}."""
    if isinstance(messages, Mapping):
        found: dict[str, list[str]] = {}
        for name, inner in messages.items():
            own = name in ("_schema", "key", "value") and path
            found |= flat(inner, path if own else f"{path}.{name}" if path else str(name))
        return found
    return {path or "_schema": [str(message) for message in messages]}


class Text(fields.String):
    """Text in NFC, its length counted in code points; no NUL and no half of a surrogate pair."""

    def __init__(
        self, *, max: int | None = 2000, min: int = 0, also: Sequence[Callable[[str], Any]] = (), **options: Any
    ) -> None:
        super().__init__(validate=[validate.Length(min=min or None, max=max), *also], **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
            raise ValidationError("It has a character that no text may have (NUL or a lone surrogate).")
        return unicodedata.normalize("NFC", text)


class Id(Text):
    """The id of something that is there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min=1, max=200, **options)


class ChosenId(fields.String):
    """An id that a client chooses."""

    def __init__(self, **options: Any) -> None:
        message = "It must match ^[a-z0-9][a-z0-9_-]{{0,63}}$."
        super().__init__(validate=validate.Regexp(CHOSEN_ID, error=message), **options)


class Whole(fields.Integer):
    """A whole number that is one already: no text, no fraction, within 64 bits."""

    def __init__(self, *, min: int | None = None, max: int = MAX_INTEGER, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(min=min, max=max), **options)

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool | str):
            raise self.make_error("invalid", input=value)
        number: int = super()._validated(value)
        return number


class Flag(fields.Boolean):
    """true or false, and nothing that merely looks like one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Instant(fields.Field[datetime]):
    """An RFC 3339 instant with its offset, answered in UTC with `Z` and milliseconds."""

    json_schema = {"type": "string", "format": "date-time"}

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else instant_text(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            return read_instant(value)
        except (ValueError, TypeError, OverflowError):
            raise ValidationError("It must be an RFC 3339 instant such as 2026-11-22T01:02:05Z.") from None


class Span(fields.Field[timedelta]):
    """An ISO 8601 duration."""

    json_schema = {"type": "string", "format": "duration"}

    def _serialize(self, value: timedelta | None, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else span_text(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> timedelta:
        try:
            return read_span(value)
        except (ValueError, TypeError, OverflowError):
            raise ValidationError("It must be an ISO 8601 duration such as PT15S.") from None


class PageRequest(Schema):
    """What every list may be asked: how many, and from where."""

    limit = Whole(min=1, max=200, load_default=50)
    cursor = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))


class PageOf:
    """The answer of a list: `{"items": [...], "next": ...}`, each item as its schema shows it."""

    def __init__(self, item: type[marshmallow.Schema]) -> None:
        self.item = item

    def dump(self, page: Mapping[str, Any]) -> dict[str, Any]:
        """The page with its items dumped."""
        return {**page, "items": self.item(many=True).dump(page["items"])}
