"""The WSGI application: finds the route, and gives every answer what every answer has."""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as OtherMethods
from werkzeug.routing import Map
from werkzeug.wrappers import Response

from gateway.errors import MethodNotAllowed
from gateway.http.access import observe
from gateway.http.paths import path_of
from gateway.http.problems import refusal
from gateway.http.requests import HttpRequest
from gateway.http.tracing import request_id
from services.chassis.errors import Fault, NotFound


class Application:
    """Routes over a map whose endpoints are nameko's request handlers."""

    def __init__(self, routes: Map, let_out: Callable[[HttpRequest], None]) -> None:
        routes.merge_slashes = False
        self._routes = routes.bind("gateway")
        self._let_out = let_out

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        began = monotonic()
        request = HttpRequest(environ)
        request.request_id = request_id(environ.get("HTTP_X_REQUEST_ID"))
        try:
            response = self._respond(request)
        finally:
            self._let_out(request)
        response.headers["X-Request-ID"] = request.request_id
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.unread:
            environ["gateway.hang_up"]()
        observe(request, response, monotonic() - began)
        return response(environ, start_response)

    def _respond(self, request: HttpRequest) -> Response:
        try:
            route, request.path_values = self._match(request)
        except Fault as fault:
            return refusal(fault)
        if route is None:
            return Response(status=204, headers={"Allow": request.path_values["allow"]})
        request.route = route.url
        response: Response = route.handle_request(request)
        return response

    def _match(self, request: HttpRequest) -> tuple[Any, Any]:
        path = path_of(request.environ["RAW_PATH_INFO"])
        try:
            return self._routes.match(path, request.method)
        except OtherMethods as error:
            allowed = sorted({*(error.valid_methods or ()), "OPTIONS"})
            if request.method == "OPTIONS":
                return None, {"allow": ", ".join(allowed)}
            raise MethodNotAllowed(f"{path} is not for {request.method}.", allow=allowed) from None
        except HTTPException:
            raise NotFound(f"There is nothing at {path}.") from None
