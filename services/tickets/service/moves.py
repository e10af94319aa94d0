"""The moves of a ticket's life (REQUIREMENTS 1.10)."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.tickets.domain import moves
from services.tickets.domain.activity import noted
from services.tickets.events import (
    TicketAssigned,
    TicketClosed,
    TicketHeld,
    TicketResolvedInternally,
    TicketResumed,
    TicketSolved,
    TicketTransferred,
)
from services.tickets.schemas.tickets import (
    AcceptTicket,
    AssignTicket,
    CheckReply,
    KeepTicket,
    MoveTicket,
    ResolveTicket,
    TicketView,
    TransferTicket,
)
from services.tickets.service.asking import check_group, groups_of


class Moves:
    """Who has a ticket, and where it stands."""

    @command(KeepTicket, answers=TicketView)
    def keep_ticket(self, id, if_version, group):
        agent, seen = self.caller.actor, self.store.peek.ticket(id)
        groups = groups_of(self.store.peek, self.routing, agent.id, seen.desk, group or seen.group)
        before = self.store.ticket(id, if_version)
        after = moves.keep(before, by=agent, groups=groups, group=group, at=self.clock.now())
        return self.store.save_ticket(after, TicketAssigned.of(after, before))

    @command(AcceptTicket, answers=TicketView)
    def accept_ticket(self, id, group, agent):
        before = self.store.ticket(id)
        after = moves.accept(before, by=self.caller.actor, agent=agent, group=group, at=self.clock.now())
        return self.store.save_ticket(after, TicketAssigned.of(after, before))

    @command(AssignTicket, answers=TicketView)
    def assign_ticket(self, id, if_version, group, assignee):
        check_group(self.store.peek, self.routing, group, self.store.peek.ticket(id).desk)
        before = self.store.ticket(id, if_version)
        after = moves.assign(before, by=self.caller.actor, group=group, assignee=assignee, at=self.clock.now())
        return self.store.save_ticket(after, TicketAssigned.of(after, before))

    @command(TransferTicket, answers=TicketView)
    def transfer_ticket(self, id, if_version, group, assignee, note):
        check_group(self.store.peek, self.routing, group, self.store.peek.ticket(id).desk)
        by, at = self.caller.actor, self.clock.now()
        before = self.store.ticket(id, if_version)
        after = moves.transfer(before, by=by, group=group, assignee=assignee, at=at)
        note = noted(after, note, id=new_id(), by=by, at=at)
        return self.store.save_ticket(after, TicketTransferred.of(after, before), *self.store.record(after, note))

    @command(MoveTicket, answers=TicketView)
    def hold_ticket(self, id, if_version):
        before = self.store.ticket(id, if_version)
        after = moves.hold(before, by=self.caller.actor, at=self.clock.now())
        return self.store.save_ticket(after, TicketHeld.of(after, before))

    @command(MoveTicket, answers=TicketView)
    def resume_ticket(self, id, if_version):
        before = self.store.ticket(id, if_version)
        after = moves.resume(before, by=self.caller.actor, at=self.clock.now())
        return self.store.save_ticket(after, TicketResumed.of(after, before))

    @command(MoveTicket, answers=TicketView)
    def solve_ticket(self, id, if_version):
        before = self.store.ticket(id, if_version)
        after = moves.solve(before, by=self.caller.actor, at=self.clock.now())
        return self.store.save_ticket(after, TicketSolved.of(after, before))

    @command(ResolveTicket, answers=TicketView)
    def resolve_ticket_internally(self, id, if_version, reason, of, note):
        by, at = self.caller.actor, self.clock.now()
        before = self.store.ticket(id, if_version)
        original = self.store.ticket_named("of", of)
        after = moves.resolve_internally(before, by=by, reason=reason, at=at)
        event = TicketResolvedInternally.of(after, before, reason=reason, duplicate_of=original)
        note = noted(after, note, id=new_id(), by=by, at=at)
        return self.store.save_ticket(after, event, *self.store.record(after, note))

    @command(MoveTicket, answers=TicketView)
    def close_ticket(self, id, if_version):
        before = self.store.ticket(id, if_version)
        after = moves.close(before, by=self.caller.actor, at=self.clock.now())
        return self.store.save_ticket(after, TicketClosed.of(after, before))

    @query(CheckReply, answers=TicketView)
    def check_reply(self, id, then):
        ticket = self.store.ticket(id)
        moves.check_reply(ticket, then)
        return self.store.shown(ticket)
