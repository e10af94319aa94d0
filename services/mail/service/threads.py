"""Messages join their tickets, and desks lend mail their addresses."""

from services.chassis.providers import Store
from services.chassis.subscriptions import EACH, LATEST, subscribe
from services.mail.consumed import KnownDesk, RecordedActivity
from services.mail.domain.messages import Direction
from services.mail.store import MailStore


class Threads:
    """Threads, and what others decide about them."""

    store = Store(MailStore)

    @subscribe("tickets", "activity.recorded", reads=RecordedActivity, order=EACH)
    def join_message(self, activity):
        if activity.message is None or activity.direction != Direction.IN:
            return
        message = self.store.messages.get(activity.message).join(activity.ticket)
        self.store.messages.keep(message)
        self.store.move_head(activity.ticket, message)
        if message.inbound:
            inbound = self.store.inbound.get(message.inbound)
            self.store.inbound.keep(inbound.join(activity.ticket, placed=activity.placed))

    @subscribe("tickets", "desk.created", "desk.updated", "desk.deleted", reads=KnownDesk, order=LATEST)
    def hold_desk(self, desk):
        self.store.hold_desk(desk.desk, desk.name, desk.addresses)
