"""The broker, as the chassis uses it: long-lived links, one writer each, nothing of kombu on the way."""

from services.chassis.amqp.confirms import Confirms
from services.chassis.amqp.link import Link
from services.chassis.amqp.port import Port, Publication

__all__ = ["Confirms", "Link", "Port", "Publication"]
