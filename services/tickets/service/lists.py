"""The ticket list: views, conditions, counts."""

from services.chassis.commands import query
from services.chassis.schema import PageOf
from services.tickets.domain.views import View
from services.tickets.schemas.activities import OfOneTicket
from services.tickets.schemas.lists import CountViews, ListTickets
from services.tickets.schemas.tickets import TicketView
from services.tickets.store.filters import in_view, order_of, within

MOST_COUNTED = 1000


class Lists:
    """Which tickets there are."""

    @query(ListTickets, answers=PageOf(TicketView))
    def list_tickets(self, view, sort, limit, cursor, **wanted):
        filter = within(self._view(view), self.store.resolved(wanted))
        return self.store.page_of_tickets(filter, order_of(sort), limit, cursor)

    @query(CountViews)
    def count_views(self):
        counts = {view: self.store.tickets.rows.count(self._view(view), limit=MOST_COUNTED + 1) for view in View}
        return {
            view: {"count": min(count, MOST_COUNTED), "more": count > MOST_COUNTED} for view, count in counts.items()
        }

    @query(OfOneTicket, answers=PageOf(TicketView))
    def list_inquiries(self, ticket, limit, cursor):
        return self.store.page_of_inquiries(self.store.ticket(ticket), limit, cursor)

    def _view(self, view):
        agent = self.caller.actor.id
        return in_view(view, agent=agent, groups=self.store.groups_of(agent))
