"""The front door of tickets."""

from services.chassis.event_feed import EventFeed
from services.chassis.providers import Caller, Clock, Rpc, Store
from services.tickets.service.activities import Activities
from services.tickets.service.decisions import Decisions
from services.tickets.service.desks import Desks
from services.tickets.service.lists import Lists
from services.tickets.service.mail import Mail
from services.tickets.service.moves import Moves
from services.tickets.service.people import People
from services.tickets.service.tickets import Tickets
from services.tickets.store import TicketStore


class TicketsService(Desks, Tickets, Moves, Lists, Activities, Mail, Decisions, People, EventFeed):
    """Keeps every ticket, from the first contact to the last."""

    name = "tickets"

    store = Store(TicketStore)
    clock = Clock()
    caller = Caller()
    customers = Rpc("customers")
    routing = Rpc("routing")
    mail = Rpc("mail")
