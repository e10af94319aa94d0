"""Domain values to MongoDB documents and back: `id` is `_id`, spans are milliseconds, enums their values."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from cattrs.preconf.bson import make_converter

from services.chassis.clock import whole_milliseconds

T = TypeVar("T")

_converter = make_converter()
_MILLISECOND = timedelta(milliseconds=1)


def _instant(value: Any, _: type) -> datetime:
    instant: datetime = value.replace(tzinfo=UTC)  # MongoDB gives UTC
    return instant


_converter.register_structure_hook(datetime, _instant)
_converter.register_unstructure_hook(datetime, whole_milliseconds)
_converter.register_structure_hook(timedelta, lambda value, _: value * _MILLISECOND)
_converter.register_unstructure_hook(timedelta, lambda value: value // _MILLISECOND)


def to_document(aggregate: Any) -> dict[str, Any]:
    """A frozen dataclass as a document."""
    document: dict[str, Any] = _converter.unstructure(aggregate)
    return {"_id": document.pop("id"), **document}


def from_document(cls: type[T], document: dict[str, Any]) -> T:
    """The value of `cls` that the document holds; fields that it does not know are left alone."""
    return _converter.structure({**document, "id": document["_id"]}, cls)
