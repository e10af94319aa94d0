"""The gateway's one link to the bus."""

from nameko.extensions import SharedExtension

from gateway.settings import GatewaySettings
from services.chassis.rpc import Client
from services.chassis.settings import read, service_urls


class Bus(SharedExtension):
    """The client that every route shares."""

    client: Client

    def setup(self) -> None:
        """Makes the client."""
        self.client = Client(read(GatewaySettings).amqp_uri, "gateway calls", service_urls())

    def start(self) -> None:
        """Begins to connect; until it has, calls wait for their deadline."""
        self.client.start()

    def stop(self) -> None:
        """Says goodbye to the broker."""
        self.client.close()
