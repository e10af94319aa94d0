"""The door: nameko's web server with a socket of its own, a judge of tokens, and a bound on what it lets in."""

import logging
from typing import Any

from eventlet import wsgi
from nameko.web.server import WebServer

from gateway.http.application import Application
from gateway.http.connections import Connections
from gateway.http.listening import listen
from gateway.http.protocol import Protocol
from gateway.http.requests import HttpRequest
from gateway.settings import GatewaySettings
from services.chassis import clock
from services.chassis.errors import Unavailable
from services.chassis.settings import read

SOCKET_TIMEOUT_SECONDS = 30.0
KEEPALIVE_SECONDS = 75

log = logging.getLogger(__name__)


class Door(WebServer):
    """Accepts, admits and answers; one for all routes."""

    settings: GatewaySettings
    _sock: Any
    _starting: bool
    _connections: Connections

    def setup(self) -> None:
        """Reads the settings and takes the port. Raises WrongSetting before anything runs."""
        if self._sock is None:
            self.settings = read(GatewaySettings)
            self._tokens = self.settings.tokens()
            self._inside: set[HttpRequest] = set()
            self._sock = listen(self.settings.http_host, self.settings.http_port)

    def start(self) -> None:
        """Begins to accept."""
        if not self._starting:
            self._starting = True
            self._serv = self.get_wsgi_server(self._sock, self.get_wsgi_app())
            self._connections = Connections(self._sock, self._serv, self.settings.http_connections)
            self._gt = self.container.spawn_managed_thread(self._connections.accept)
            log.info("the gateway is open", extra={"port": self._sock.getsockname()[1]})

    def stop(self) -> None:
        """Accepts nothing more, and lets everything that came in be answered."""
        if self._starting:
            self._gt.kill()
        if self._sock is not None:
            self._sock.close()
        if self._starting:
            self._connections.drain()

    def get_wsgi_app(self) -> Application:
        """The application over the routes."""
        return Application(self.make_url_map(), self.let_out)

    def get_wsgi_server(self, sock: Any, wsgi_app: Any, protocol: Any = Protocol, debug: bool = False) -> wsgi.Server:
        """eventlet's server, silent: the access log is ours."""
        return wsgi.Server(
            sock,
            sock.getsockname(),
            wsgi_app,
            protocol=protocol,
            debug=debug,
            log_output=False,
            keepalive=KEEPALIVE_SECONDS,
            socket_timeout=SOCKET_TIMEOUT_SECONDS,
        )

    def authenticate(self, request: HttpRequest) -> None:
        """Names who is calling. Raises Unauthenticated, Unavailable."""
        request.actor = self._tokens.actor(request.environ.get("HTTP_AUTHORIZATION"), clock.now().timestamp())

    def let_in(self, request: HttpRequest) -> None:
        """Gives the request a place among those that are served at once. Raises Unavailable when all are taken."""
        if len(self._inside) >= self.settings.http_workers:
            raise Unavailable("Too many requests are being served right now.")
        self._inside.add(request)

    def let_out(self, request: HttpRequest) -> None:
        """Takes the place back, if the request had one."""
        self._inside.discard(request)
