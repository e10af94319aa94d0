"""The events that tickets publishes (EVENTS.md)."""

from services.tickets.events.activities import ActivityRecorded, ActivityUpdated
from services.tickets.events.consequences import consequences, edits
from services.tickets.events.desks import DeskCreated, DeskDeleted, DeskUpdated
from services.tickets.events.tickets import (
    TicketAssigned,
    TicketClosed,
    TicketCreated,
    TicketDecided,
    TicketHeld,
    TicketReopened,
    TicketResolvedInternally,
    TicketResumed,
    TicketSolved,
    TicketTransferred,
    TicketUpdated,
)

__all__ = [
    "ActivityRecorded",
    "ActivityUpdated",
    "DeskCreated",
    "DeskDeleted",
    "DeskUpdated",
    "TicketAssigned",
    "TicketClosed",
    "TicketCreated",
    "TicketDecided",
    "TicketHeld",
    "TicketReopened",
    "TicketResolvedInternally",
    "TicketResumed",
    "TicketSolved",
    "TicketTransferred",
    "TicketUpdated",
    "consequences",
    "edits",
]
