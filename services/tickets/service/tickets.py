"""Tickets as they are made, read and edited."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.tickets.domain.content import edited
from services.tickets.domain.creation import new_ticket
from services.tickets.events import TicketCreated, edits
from services.tickets.schemas.tickets import ChangeTicket, CreateTicket, OneTicket, TicketView
from services.tickets.service.asking import check_group, contact_of, customer_named


class Tickets:
    """What a customer asked."""

    @command(CreateTicket, answers=TicketView)
    def create_ticket(self, desk, customer, related_to=None, tags=(), **content):
        check_group(self.store.peek, self.routing, content.get("group"), desk)
        known = customer_named(self.customers, customer)
        self.store.meet_customer(known["id"], contact_of(known))
        related = self.store.ticket_named("related_to", related_to)
        ticket = new_ticket(
            id=new_id(),
            number=self.store.numbers.next("tickets"),
            desk=self.store.desk_named(desk),
            customer=known["id"],
            at=self.clock.now(),
            content=content | {"related_to": related, "tags": self.store.registered(tags)},
        )
        return self.store.add_ticket(ticket, TicketCreated.new(ticket))

    @query(OneTicket, answers=TicketView)
    def get_ticket(self, id):
        return self.store.shown(self.store.ticket(id))

    @command(ChangeTicket, answers=TicketView)
    def change_ticket(self, id, if_version, changes):
        before = self.store.ticket(id, if_version)
        desk = self.store.desks.get(before.desk)
        changes = self.store.tagged(changes)
        after = edited(before, changes, desk=desk, by=self.caller.actor, at=self.clock.now())
        return self.store.save_ticket(after, *edits(before, after))
