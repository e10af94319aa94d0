"""Deliveries as people see them, and their word on those of which nobody knows the end."""

from services.chassis.commands import command, query
from services.chassis.providers import Clock, Store
from services.chassis.schema import PageOf
from services.mail.schemas.messages import DeliveryView, ListDeliveries, ResolveDelivery
from services.mail.store import NEXT_FIRST, MailStore


class Deliveries:
    """One attempt a recipient."""

    store = Store(MailStore)
    clock = Clock()

    @query(ListDeliveries, answers=PageOf(DeliveryView))
    def list_deliveries(self, limit, cursor, **wanted):
        return self.store.page(self.store.deliveries, wanted, sort=NEXT_FIRST, limit=limit, cursor=cursor)

    @command(ResolveDelivery, answers=DeliveryView)
    def resolve_delivery(self, id, outcome, note):
        delivery = self.store.deliveries.get(id).resolve(outcome, note, at=self.clock.now())
        self.store.settle(delivery, at=self.clock.now())
        return delivery
