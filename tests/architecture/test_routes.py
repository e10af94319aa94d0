"""Every route of the gateway asks for something that a service offers, and its method takes what its address gives."""

import ast
from inspect import getmembers, isfunction, signature

import pytest
from werkzeug.routing import Map, Rule

from gateway.remote import SERVICES
from gateway.service import Gateway
from services.chassis.commands import offered
from services.chassis.service_class import service_class
from tests.architecture.house import ROOT, python_files

ROUTES = [
    (method, route)
    for _, method in getmembers(Gateway, isfunction)
    for route in getattr(method, "nameko_entrypoints", ())
]


def asked() -> set[tuple[str, str]]:
    """(service, method) for every `self.<service>.<method>(...)` of the gateway."""
    found = set()
    for path in python_files("gateway"):
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            match node:
                case ast.Call(func=ast.Attribute(ast.Attribute(ast.Name("self"), service), method)):
                    found.add((service, method))
    return {(service, method) for service, method in found if service in SERVICES}


@pytest.mark.parametrize("service", SERVICES)
def test_what_the_gateway_asks_for_is_offered(service: str) -> None:
    wanted = {method for name, method in asked() if name == service} | {"list_events"}

    assert wanted <= offered(service_class(service)).keys()


def test_an_agent_at_first_sight_is_entered_by_presence() -> None:
    assert "see_agent" in offered(service_class("presence"))


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=lambda each: getattr(each, "url", ""))
def test_a_route_takes_what_its_address_gives(method: object, route: object) -> None:
    rule = Rule(route.url, methods=[route.method])
    Map([rule])

    assert list(signature(method).parameters) == ["self", "request", *_in_order(route.url)]
    assert rule.arguments == set(_in_order(route.url))


def test_no_address_is_served_twice() -> None:
    addresses = [(route.method, route.url) for _, route in ROUTES]

    assert len(addresses) == len(set(addresses)) > 50


def _in_order(url: str) -> list[str]:
    return [piece.partition(">")[0] for piece in url.split("<")[1:]]
