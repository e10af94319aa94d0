"""What routing and customers tell: who is in which group, how customers are called."""

from services.chassis.subscriptions import LATEST, subscribe
from services.tickets.consumed import CustomerChanged, GroupChanged
from services.tickets.domain.contact import Contact


class People:
    """Projections."""

    @subscribe("routing", "group.created", "group.updated", "group.deleted", reads=GroupChanged, order=LATEST)
    def know_group(self, told):
        if told.event.type == "group.deleted":
            self.store.forget_group(told.group)
        else:
            self.store.know_group(told.group, desk=told.desk, members=told.members)

    @subscribe("customers", "customer.created", "customer.updated", reads=CustomerChanged, order=LATEST)
    def know_customer(self, told):
        said = told.personal
        self.store.know_customer(told.customer, Contact.of(told.number, said["name"], said["identities"]))
