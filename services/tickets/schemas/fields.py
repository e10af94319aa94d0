"""Fields of tickets' schemas besides the chassis's: several values, words of the domain, configured values."""

import math
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from services.chassis.schema import Text
from services.tickets.domain.tags import TAG_LENGTH
from services.tickets.domain.text import visible
from services.tickets.domain.words import Priority

MOST_FIELDS = 100


class Several(fields.List):
    """A list that is read as a tuple, since values of the domain do not change."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **options))


class AnyOf(fields.List):
    """A parameter that may be repeated: one value, or a list of them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        return super()._deserialize(value if isinstance(value, list) else [value], attr, data, **options)


class Once(fields.List):
    """A parameter that comes once, alone or as a list of one."""

    alone = True  # for the published documents

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        values = super()._deserialize(value if isinstance(value, list) else [value], attr, data, **options)
        if len(values) != 1:
            raise ValidationError("It can be given once only.")
        return values[0]


class PriorityWord(fields.Field[Priority]):
    """low, normal, high or urgent."""

    json_schema = {"type": "string", "enum": [each.word for each in Priority]}

    def _serialize(self, value: Priority | None, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else value.word

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Priority:
        if not isinstance(value, str) or value.upper() not in Priority.__members__:
            raise ValidationError("It must be one of low, normal, high, urgent.")
        return Priority.of(value)


class Title(Text):
    """A title: at most 255 code points, and something to see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min=1, max=255, **options)


class TagName(Text):
    """A tag: at most 50 code points, and something to see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min=1, max=TAG_LENGTH, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        name: str = super()._deserialize(value, attr, data, **options).strip()
        if not visible(name):
            raise ValidationError("There is nothing to see in it.")
        return name


class FieldValue(fields.Field[Any]):
    """The value of a configured field: text, a number, true or false; whether it fits, the desk says."""

    json_schema = {"type": ["string", "number", "boolean"]}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        if isinstance(value, str):
            return Text().deserialize(value)
        if isinstance(value, bool) or (isinstance(value, int | float) and math.isfinite(value)):
            return value
        raise ValidationError("It must be text, a number, true or false.")


class FieldValues(fields.Dict):
    """The values of configured fields by key; null takes one away."""

    def __init__(self, **options: Any) -> None:
        keys = Text(min=1, max=64)
        super().__init__(keys=keys, values=FieldValue(allow_none=True), validate=_few, **options)


class Switch(fields.Boolean):
    """true or false in a query, where everything is text."""

    truthy = {"true", True}
    falsy = {"false", False}


def _few(values: Mapping[str, Any]) -> None:
    if len(values) > MOST_FIELDS:
        raise ValidationError(f"At most {MOST_FIELDS} fields.")
