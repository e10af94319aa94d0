"""The edge: what every endpoint has in common (API.md, Conventions), so that a route is three lines."""

from gateway.http.answers import accepted
from gateway.http.requests import HttpRequest, action, body, condition, filters, page, patch, query, version
from gateway.http.route import http

__all__ = [
    "HttpRequest",
    "accepted",
    "action",
    "body",
    "condition",
    "filters",
    "http",
    "page",
    "patch",
    "query",
    "version",
]
