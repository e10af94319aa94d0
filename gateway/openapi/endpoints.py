"""The route table, read as it is written: which service an endpoint asks, and what it takes from the request."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from inspect import getdoc, getmembers, getmodule, getsource, isfunction, unwrap
from textwrap import dedent
from typing import Any

from gateway.http.route import Route
from gateway.remote import SERVICES
from gateway.service import Gateway

EDGE = frozenset({"action", "body", "filters", "page", "patch", "query", "version"})
ANGLES = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A route with its method. `takes` are the functions of the edge that it calls, with the names it gives them."""

    name: str
    route: Route
    area: str
    about: str
    asks: tuple[str, str] | None = None
    takes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    downloads: bool = False
    sends_drafts: bool = False

    @property
    def path(self) -> str:
        """The address as OpenAPI writes it."""
        return ANGLES.sub(r"{\1}", self.route.url)

    @property
    def path_names(self) -> list[str]:
        """The parameters of the address."""
        return ANGLES.findall(self.route.url)

    @property
    def changes(self) -> bool:
        """Whether it changes something."""
        return self.route.method != "GET"


def endpoints() -> list[Endpoint]:
    """All of them, in the order of their addresses."""
    found = [
        _read(method, route)
        for _, method in getmembers(Gateway, isfunction)
        for route in getattr(method, "nameko_entrypoints", ())
    ]
    return sorted(found, key=lambda each: (each.route.url, each.route.method))


def _read(method: Any, route: Route) -> Endpoint:
    written = unwrap(method)
    tree = ast.parse(dedent(getsource(written)))
    area = written.__qualname__.partition(".")[0]
    called = dict(_called(tree))
    return Endpoint(
        name=method.__name__,
        route=route,
        area=area,
        about=getdoc(getattr(getmodule(written), area)) or "",
        asks=next(_asked(tree), None),
        takes={name: names for name, names in called.items() if name in EDGE},
        downloads="download" in called,
        sends_drafts="or_sends_draft" in called,
    )


def _asked(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(ast.Attribute(ast.Name("self"), service), method)) if service in SERVICES:
                yield service, method


def _called(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(name), args=arguments):
                yield name, tuple(str(each.value) for each in arguments if isinstance(each, ast.Constant))
