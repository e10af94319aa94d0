"""What routing must know of desks."""

from services.chassis.providers import Store
from services.chassis.subscriptions import LATEST, subscribe
from services.routing.consumed import DeskHeard
from services.routing.store import RoutingStore


class Desks:
    """The desks that groups and triggers may name."""

    store = Store(RoutingStore)

    @subscribe("tickets", "desk.created", "desk.updated", "desk.deleted", reads=DeskHeard, order=LATEST)
    def note_desk(self, heard):
        self.store.note_desk(heard.desk, there=heard.event.type != "desk.deleted")
