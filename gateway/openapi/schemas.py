"""marshmallow schemas as JSON Schemas: what enters is strict, what leaves may have null anywhere and grow."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin, OpenAPIConverter
from marshmallow import Schema, fields

from services.chassis.schema import PageOf

VERSION = "3.1.0"
NEVER_NULL = frozenset({"id", "version"})
NEVER_NULL_FIELDS = (fields.List, fields.Dict, fields.Boolean)
BOUNDS = frozenset({"default", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern"})
TEXT_END = r"\Z"
SUFFIXES = re.compile(r"(View|Schema)$")
SERVICE = re.compile(r"services\.([a-z]+)\.")


class Schemas:
    """Makes schemas of one direction, and keeps those that are referred to as components."""

    def __init__(self, *, leaving: bool) -> None:
        self._leaving = leaving
        plugin = MarshmallowPlugin(schema_name_resolver=self.name)
        self._spec = APISpec("", "", VERSION, plugins=[plugin])
        self._converter: OpenAPIConverter = plugin.converter  # type: ignore[assignment]
        self._converter.add_attribute_function(_own_words)
        words = self._converter.attribute_functions
        words.insert(1, words.pop())  # before it is said whether null is allowed
        if leaving:
            self._converter.add_attribute_function(_unbounded)
            self._converter.add_attribute_function(_maybe_null)

    @property
    def components(self) -> dict[str, Any]:
        """The schemas that were referred to, by name."""
        found = self._spec.to_dict().get("components", {}).get("schemas", {})
        return {name: self._finished(schema) for name, schema in found.items()}

    def name(self, schema: Any) -> str:
        """The name of a component: its service's, its own, and where it goes."""
        cls = schema if isinstance(schema, type) else type(schema)
        service = SERVICE.match(cls.__module__)
        name = SUFFIXES.sub("", cls.__name__) + ("" if self._leaving else "Request")
        return f"{service[1]}.{name}" if service else name

    def component(self, schema: Schema | type[Schema]) -> dict[str, Any]:
        """A reference to a schema, which becomes a component."""
        return dict(self._converter.resolve_nested_schema(schema))

    def inline(self, schema: Schema, leave_out: Iterable[str] = ()) -> dict[str, Any]:
        """A schema as it is, but for these fields."""
        whole = self._finished(dict(self._converter.schema2jsonschema(schema)))
        gone = set(leave_out)
        properties = {name: of for name, of in whole.get("properties", {}).items() if name not in gone}
        required = [name for name in whole.get("required", []) if name not in gone]
        return {**whole, "properties": properties, "required": required}

    def of_field(self, field: fields.Field) -> dict[str, Any]:
        """The schema of one field."""
        return dict(_in_ecma(self._converter.field2property(field)))

    def answer(self, answers: type[Schema] | PageOf) -> dict[str, Any]:
        """What a command or query answers."""
        if not isinstance(answers, PageOf):
            return self.component(answers)
        items = {"type": "array", "items": self.component(answers.item)}
        properties = {
            "items": items,
            "next": {"type": ["string", "null"], "description": "The cursor of what follows."},
        }
        return {"type": "object", "properties": properties, "required": ["items", "next"]}

    def _finished(self, schema: dict[str, Any]) -> dict[str, Any]:
        if self._leaving:
            schema = {name: value for name, value in schema.items() if name not in ("additionalProperties", "required")}
            always = sorted(NEVER_NULL & schema.get("properties", {}).keys())
            schema |= {"required": always} if always else {}
        return dict(_in_ecma(schema))


def _own_words(_: OpenAPIConverter, field: fields.Field, **__: Any) -> dict[str, Any]:
    return {"type": "string"} if isinstance(field, fields.Enum) else dict(getattr(field, "json_schema", {}))


def _unbounded(_: OpenAPIConverter, __: fields.Field, ret: dict[str, Any]) -> dict[str, Any]:
    for bound in BOUNDS & ret.keys():
        del ret[bound]
    return {}


def _maybe_null(_: OpenAPIConverter, field: fields.Field, ret: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(field.parent, Schema) or field.name in NEVER_NULL or isinstance(field, NEVER_NULL_FIELDS):
        return {}
    if "$ref" in ret:
        return {"anyOf": [{"$ref": ret.pop("$ref")}, {"type": "null"}]}
    if not isinstance(ret.get("type"), str):
        return {}
    return {"type": [ret["type"], "null"]} | ({"enum": [*ret["enum"], None]} if "enum" in ret else {})


def _in_ecma(value: Any) -> Any:
    """Patterns as ECMA-262 writes them; marshmallow's begin where the text does."""
    if isinstance(value, Mapping):
        return {
            name: f"^{inner.removeprefix('^').replace(TEXT_END, '$')}"
            if name == "pattern" and isinstance(inner, str)
            else _in_ecma(inner)
            for name, inner in value.items()
        }
    return [_in_ecma(each) for each in value] if isinstance(value, list) else value
