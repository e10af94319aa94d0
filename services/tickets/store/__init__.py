"""What tickets keeps: desks, tickets, activities, and what it must know of groups and customers."""

from services.tickets.store.tickets import TicketStore

__all__ = ["TicketStore"]
