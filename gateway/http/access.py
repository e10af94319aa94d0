"""What is kept of every request: a line in the log and two figures, none of them personal."""

import logging

from werkzeug.wrappers import Response

from gateway.http.requests import HttpRequest
from services.chassis import metrics
from services.chassis.context import using

log = logging.getLogger(__name__)

answered = metrics.counter("http_requests", "Requests answered.", ["method", "route", "status"])
seconds_taken = metrics.histogram("http_request_seconds", "From the head of a request to its answer.", ["route"])

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def observe(request: HttpRequest, response: Response, seconds: float) -> None:
    """Counts the request and logs it, by its route and never by its address."""
    method = request.method if request.method in METHODS else "other"
    answered.labels(method, request.route, response.status_code).inc()
    seconds_taken.labels(request.route).observe(seconds)
    with using(request.call):
        log.info("%s %s: %d in %.1f ms.", method, request.route, response.status_code, seconds * 1000)
