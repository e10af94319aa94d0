"""The gateway's front door: every area of endpoints in one class."""

from gateway.activities import Activities
from gateway.customers import Customers
from gateway.desks import Desks
from gateway.documents import Documents
from gateway.drafts import Drafts
from gateway.events import Events
from gateway.groups import Groups, Triggers
from gateway.mail import Deliveries, Inbound, Messages
from gateway.operation import Operation
from gateway.presence import Agents, Viewers
from gateway.tasks import Tasks
from gateway.tickets import Tickets


class Gateway(
    Desks,
    Tickets,
    Activities,
    Customers,
    Groups,
    Triggers,
    Tasks,
    Agents,
    Viewers,
    Inbound,
    Messages,
    Deliveries,
    Drafts,
    Events,
    Documents,
    Operation,
):
    """HTTP in, RPC out."""

    name = "gateway"
