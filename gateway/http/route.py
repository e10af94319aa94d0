"""The one decorator of every endpoint: `@http("POST", "/v1/tickets/<id>/solve")`."""

import logging
from http import HTTPStatus
from typing import Any

from nameko.web.handlers import HttpRequestHandler
from werkzeug.wrappers import Response

from gateway.errors import UnknownFields
from gateway.first_sight import FirstSight
from gateway.http.answers import answer
from gateway.http.bodies import JSON, MIB, check_media_type, whole
from gateway.http.door import Door
from gateway.http.idempotency import idempotency_key
from gateway.http.problems import refusal
from gateway.http.requests import HttpRequest
from services.chassis.errors import Fault, Forbidden, Invalid, NotFound

log = logging.getLogger(__name__)


class Route(HttpRequestHandler):
    """An endpoint. It is `public` or needs a token, whose holder has one of `roles` where the door itself asks for it.

    `created` is the address of what it makes (201 with Location), `status` another answer than 200. `media` are the
    types of its body; a route that `streams` reads its body by itself.
    """

    server = Door()
    first_sight = FirstSight()

    def __init__(
        self,
        method: str,
        url: str,
        *,
        public: bool = False,
        roles: tuple[str, ...] = (),
        created: str | None = None,
        status: int = HTTPStatus.OK,
        media: tuple[str, ...] = JSON,
        streams: bool = False,
    ) -> None:
        super().__init__(method, url, expected_exceptions=Fault)
        self.public = public
        self.roles = roles
        self.created = created
        self.status = HTTPStatus.CREATED if created else status
        self.media = media
        self.streams = streams

    def get_entrypoint_parameters(self, request: HttpRequest) -> tuple[Any, Any]:
        """Admits the request, or raises why not; in the order in which a client can mend it."""
        if not self.public:
            self.server.authenticate(request)
            self.first_sight.see(request.actor)
        if self.roles and not request.actor.has(*self.roles):
            raise Forbidden(f"This needs the role {' or '.join(self.roles)}.")
        check_media_type(request, self.media)
        if not self.streams:
            request.raw = whole(request, MIB)
        request.idempotency_key = idempotency_key(request.method, request.headers.get("Idempotency-Key"))
        if not self.public:
            self.server.let_in(request)
        return (request,), request.path_values

    def stop(self) -> None:
        """Nobody comes in any more."""
        self.server.close()
        super().stop()

    def check_signature(self, args: Any, kwargs: Any) -> None:
        """The path's names are the method's: a test compares them once, not every request."""

    def handle_result(self, event: Any, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Hands the result to the waiting connection, together with the request that it answers."""
        request = worker_ctx.args[0]
        event.send((request, result), None if exc_info is None else (_named(exc_info[1], request),))
        return result, exc_info

    def response_from_result(self, result: tuple[HttpRequest, Any]) -> Response:
        """The response for what the method returned."""
        request, value = result
        response = answer(request, value, status=self.status, location=self.created)
        if request.replayed:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    def response_from_exception(self, exc: BaseException) -> Response:
        """The problem for what went wrong; what nobody foresaw is told to the log."""
        if not isinstance(exc, Fault):
            log.error("%s failed.", self.method_name, exc_info=exc)
        return refusal(exc)


def _named(error: BaseException, request: HttpRequest) -> BaseException:
    """An id in the path that nothing can have is an id that nothing has."""
    if isinstance(error, UnknownFields) or not isinstance(error, Invalid) or not error.errors:
        return error
    if error.errors.keys() <= request.path_values.keys():
        return NotFound("There is nothing with this id.")
    return error


http = Route.decorator
