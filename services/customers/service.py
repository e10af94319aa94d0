"""The front door of customers."""

from services.chassis.commands import command, query
from services.chassis.event_feed import EventFeed
from services.chassis.ids import new_id
from services.chassis.providers import Clock, Config, Store
from services.chassis.schema import PageOf
from services.customers.domain.customer import Customer
from services.customers.domain.identity import identity
from services.customers.schemas import (
    ChangeCustomer,
    CustomerFields,
    CustomerView,
    ListCustomers,
    OneCustomer,
    Recognise,
    Recognised,
)
from services.customers.settings import CustomerSettings
from services.customers.store import CustomerStore, asked


class CustomersService(EventFeed):
    """Says who somebody is, from any of their addresses."""

    name = "customers"

    store = Store(CustomerStore)
    clock = Clock()
    config = Config(CustomerSettings)

    @command(CustomerFields, answers=CustomerView)
    def create_customer(self, **profile):
        return self.store.add_customer(self._new().filled(self._read(profile)))

    @query(OneCustomer, answers=CustomerView)
    def get_customer(self, id):
        return self.store.customers.get(id)

    @query(ListCustomers, answers=PageOf(CustomerView))
    def list_customers(self, limit, cursor, **wanted):
        return self.store.page_of_customers(asked(wanted, self.config.phone_region), limit, cursor)

    @command(ChangeCustomer, answers=CustomerView)
    def change_customer(self, id, if_version, changes):
        customer = self.store.customers.get(id, if_version)
        return self.store.save_customer(customer.change(self._read(changes)), customer)

    @command(Recognise, answers=Recognised)
    def recognise(self, channel, address, name):
        """Whose address this is: known ones are found without a transaction, a new one makes one customer."""
        own = identity(channel, address, region=self.config.phone_region)
        known = self.store.peek.holder(own) or self.store.holder(own)
        if known is not None:
            return {"customer": known, "created": False}
        new = self._new().filled({"name": name, "identities": (own,)})
        return {"customer": self.store.add_customer(new), "created": True}

    def _new(self):
        return Customer(id=new_id(), number=self.store.numbers.next("customers"))

    def _read(self, profile):
        """The profile with its addresses as identities. Raises NotAnAddress."""
        if "identities" not in profile:
            return profile
        region = self.config.phone_region
        given = enumerate(profile["identities"])
        identities = [identity(**each, region=region, field=f"identities.{place}.address") for place, each in given]
        return profile | {"identities": tuple(identities)}
