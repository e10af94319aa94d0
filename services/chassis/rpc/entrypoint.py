"""The nameko entrypoint behind every command and query."""

from nameko.extensions import Entrypoint

from services.chassis.rpc.server import RpcServer


class RpcEntrypoint(Entrypoint):
    """A method that others may call; its arguments are those of the request."""

    server = RpcServer()

    def setup(self) -> None:
        """Be known to the server by the method's name."""
        self.server.offer(self)

    def stop(self) -> None:
        """Take no more requests; those that run are finished and answered."""
        self.server.drain()


rpc = RpcEntrypoint.decorator
