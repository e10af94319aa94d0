"""The whole document."""

import json
from collections import Counter
from inspect import getdoc
from typing import Any

from marshmallow import Schema

from gateway.openapi import answers, by_hand, requests, shared
from gateway.openapi.endpoints import Endpoint, endpoints
from gateway.openapi.problems import PROBLEM, kinds, problem_components, problem_responses
from gateway.openapi.schemas import VERSION, Schemas
from services.chassis.commands import Offer, offered
from services.chassis.service_class import service_class

INTRODUCTION = "Everything that clients do. Times are RFC 3339 in UTC, durations ISO 8601; unknown fields are refused."


class Document:
    """Collects the operations and the schemas that they refer to."""

    def __init__(self) -> None:
        self._entering = Schemas(leaving=False)
        self._leaving = Schemas(leaving=True)
        self._offers: dict[str, dict[str, Offer]] = {}
        self._used: Counter[type] = Counter()

    def whole(self) -> dict[str, Any]:
        """The document as JSON."""
        found = endpoints()
        self._used = Counter(offer.request for offer in map(self._offer, found) if offer)
        paths: dict[str, Any] = {}
        for each in found:
            paths.setdefault(each.path, {})[each.route.method.lower()] = self._operation(each)
        return {
            "openapi": VERSION,
            "info": {"title": "Madoguchi", "version": "1", "description": INTRODUCTION},
            "servers": [{"url": "/"}],
            "security": [{"token": []}],
            "tags": [{"name": area, "description": about} for area, about in _areas(found).items()],
            "paths": paths,
            "components": self._components(),
        }

    def _operation(self, endpoint: Endpoint) -> dict[str, Any]:
        offer = self._offer(endpoint)
        schema = offer.request() if offer else Schema()
        body = requests.request_body(endpoint, schema, self._entering)
        return {
            "operationId": endpoint.name,
            "summary": endpoint.name.replace("_", " ").capitalize(),
            "tags": [endpoint.area],
            **self._described(endpoint, offer),
            **({"security": []} if endpoint.route.public else {}),
            "parameters": [
                *requests.parameters(endpoint, schema, self._entering),
                *by_hand.PARAMETERS.get(endpoint.name, ()),
            ],
            **({"requestBody": body} if body else {}),
            "responses": self._responses(endpoint, offer),
        }

    def _responses(self, endpoint: Endpoint, offer: Offer | None) -> dict[str, Any]:
        problems = problem_responses([*kinds(endpoint), *by_hand.KINDS.get(endpoint.name, ())])
        good = answers.responses(endpoint, offer.answers if offer else None, self._leaving)
        return dict(sorted((good | problems).items())) | by_hand.RESPONSES.get(endpoint.name, {})

    def _described(self, endpoint: Endpoint, offer: Offer | None) -> dict[str, str]:
        sentences = []
        if offer and self._used[offer.request] == 1:  # what many take says nothing of one
            sentences.append(getdoc(offer.request) or "")
        if endpoint.route.roles:
            sentences.append(f"Needs the role {' or '.join(endpoint.route.roles)}.")
        return {"description": " ".join(sentences)} if sentences else {}

    def _offer(self, endpoint: Endpoint) -> Offer | None:
        asks = endpoint.asks or by_hand.ASKS.get(endpoint.name)
        if asks is None:
            return None
        service, method = asks
        if service not in self._offers:
            self._offers[service] = offered(service_class(service))
        return self._offers[service][method]

    def _components(self) -> dict[str, Any]:
        schemas = self._entering.components | self._leaving.components
        schemas |= {"Problem": PROBLEM, "CloudEvent": by_hand.CLOUD_EVENT}
        return {
            "schemas": dict(sorted(schemas.items())),
            "responses": problem_components(),
            "parameters": shared.PARAMETERS,
            "headers": shared.HEADERS,
            "securitySchemes": shared.SECURITY,
        }


def openapi_text() -> str:
    """The document as it is committed and served."""
    return json.dumps(Document().whole(), ensure_ascii=False, indent=1) + "\n"


def _areas(found: list[Endpoint]) -> dict[str, str]:
    return {each.area: each.about for each in sorted(found, key=lambda each: each.area)}
