"""The door: nameko's web server with a socket of its own, a judge of tokens, and a bound on what it lets in."""

import logging
from dataclasses import dataclass
from typing import Any, Self

import nameko
from eventlet import wsgi
from nameko.web.server import WebServer

from gateway.http.application import Application
from gateway.http.connections import Connections
from gateway.http.listening import listen
from gateway.http.protocol import Protocol
from gateway.http.requests import HttpRequest
from gateway.identity.tokens import Tokens
from gateway.settings import GatewaySettings
from services.chassis import clock
from services.chassis.errors import Unavailable

SOCKET_TIMEOUT_SECONDS = 30.0
KEEPALIVE_SECONDS = 75

FRAME = "frame"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Frame:
    """What must be there before anything starts; nameko's configuration carries it under FRAME."""

    settings: GatewaySettings
    tokens: Tokens
    sock: Any

    @classmethod
    def build(cls, settings: GatewaySettings) -> Self:
        """The judge of tokens, and the port. Raises WrongSetting, PortTaken."""
        return cls(settings, settings.tokens(), listen(settings.http_host, settings.http_port))


class Door(WebServer):
    """Accepts, admits and answers; one for all routes."""

    _sock: Any
    _starting: bool
    _is_accepting: bool
    _frame: Frame
    _connections: Connections

    def setup(self) -> None:
        """Takes over what was prepared."""
        self._frame = nameko.config[FRAME]
        self._sock = self._frame.sock
        self._inside: set[HttpRequest] = set()

    def start(self) -> None:
        """Begins to accept."""
        if not self._starting:
            self._starting = True
            self._serv = self.get_wsgi_server(self._sock, self.get_wsgi_app())
            self._connections = Connections(self._sock, self._serv, self._frame.settings.http_connections)
            self._gt = self.container.spawn_managed_thread(self._connections.accept)
            log.info("The gateway is open on port %d.", self._sock.getsockname()[1])

    def close(self) -> None:
        """Accepts nothing more; what came in goes on."""
        if self._is_accepting:
            self._is_accepting = False
            self._gt.kill()
            self._sock.close()
            self._connections.let_idle_go()

    def stop(self) -> None:
        """Lets the last answers out."""
        self._connections.drain()

    def get_wsgi_app(self) -> Application:
        """The application over the routes."""
        return Application(self.make_url_map(), self.let_out)

    def get_wsgi_server(self, sock: Any, wsgi_app: Any, protocol: Any = Protocol, debug: bool = False) -> wsgi.Server:
        """eventlet's server, silent: the access log is ours."""
        server = wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=protocol,
            debug=debug,
            log_output=False,
            keepalive=KEEPALIVE_SECONDS,
            socket_timeout=SOCKET_TIMEOUT_SECONDS,
        )
        server.capitalize_response_headers = False  # ours are written as the standards write them
        return server

    def authenticate(self, request: HttpRequest) -> None:
        """Names who is calling. Raises Unauthenticated, Unavailable."""
        request.actor = self._frame.tokens.actor(request.environ.get("HTTP_AUTHORIZATION"), clock.now().timestamp())

    def let_in(self, request: HttpRequest) -> None:
        """Gives the request a place among those that are served at once. Raises Unavailable when all are taken."""
        if len(self._inside) >= self._frame.settings.http_workers:
            raise Unavailable("Too many requests are being served right now.")
        self._inside.add(request)

    def let_out(self, request: HttpRequest) -> None:
        """Takes the place back, if the request had one."""
        self._inside.discard(request)
