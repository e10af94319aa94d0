"""What operators and their tools ask: is it up, is it ready, what does it count."""

from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.wrappers import Response

from gateway.http import HttpRequest, http
from gateway.http.answers import MEDIA_TYPE, encoded
from gateway.readiness import Readiness


class Operation:
    """Open to everybody."""

    readiness = Readiness()

    @http("GET", "/healthz", public=True)
    def healthz(self, request: HttpRequest):
        return {"status": "ok"}

    @http("GET", "/readyz", public=True)
    def readyz(self, request: HttpRequest):
        checks = self.readiness.checks()
        ready = all(answer == "ok" for answer in checks.values())
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return Response(encoded({"ready": ready, "checks": checks}), status, content_type=MEDIA_TYPE)

    @http("GET", "/metrics", public=True)
    def metrics(self, request: HttpRequest):
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
