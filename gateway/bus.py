"""The gateway's one link to the bus."""

from nameko.extensions import SharedExtension

from gateway.settings import GatewaySettings
from services.chassis.rpc import Client
from services.chassis.settings import read


class Bus(SharedExtension):
    """The client that every route shares."""

    client: Client

    def setup(self) -> None:
        """Makes the client. Raises WrongSetting."""
        self.client = Client(read(GatewaySettings).amqp_uri)

    def start(self) -> None:
        """Begins to connect; until it has, calls are Unavailable."""
        self.client.start()

    def stop(self) -> None:
        """Says goodbye to the broker."""
        self.client.close()
