"""What happened with the customer and inside."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.chassis.schema import PageOf
from services.tickets.domain import moves
from services.tickets.domain.activity import comment
from services.tickets.schemas.activities import (
    ActivityView,
    AddComment,
    ChangeActivity,
    HistoryView,
    OfOneTicket,
    OneActivity,
)


class Activities:
    """Entries of a ticket, and its history."""

    @query(OfOneTicket, answers=PageOf(ActivityView))
    def list_activities(self, ticket, limit, cursor):
        return self.store.page_of_activities(self.store.ticket(ticket), limit, cursor)

    @query(OneActivity, answers=ActivityView)
    def get_activity(self, id):
        return self.store.activities.get(id)

    @command(AddComment, answers=ActivityView)
    def add_comment(self, ticket, text, attachments):
        by, at = self.caller.actor, self.clock.now()
        about = moves.permit_comment(self.store.ticket(ticket), by=by).touched(at=at)
        entry = comment(about, text, id=new_id(), by=by, attachments=attachments, at=at)
        self.store.save_ticket(about, *self.store.record(about, entry))
        return entry

    @command(ChangeActivity, answers=ActivityView)
    def change_activity(self, id, if_version, changes):
        before = self.store.activities.get(id, if_version)
        about = moves.permit_comment(self.store.ticket(before.ticket), by=self.caller.actor)
        after = before.edit(self.store.tagged(changes), self.store.desks.get(about.desk))
        return self.store.rewrite(about, before, after)

    @query(OfOneTicket, answers=PageOf(HistoryView))
    def list_history(self, ticket, limit, cursor):
        return self.store.page_of_history(self.store.ticket(ticket), limit, cursor)
