"""A service under the name of a real one, to be asked over the gateway: its desks are counters."""

from marshmallow import fields

from services.chassis.commands import command, query
from services.chassis.errors import Conflict, Invalid
from services.chassis.event_feed import EventFeed
from services.chassis.providers import Store
from services.chassis.schema import Id, PageOf, PageRequest, Schema, Text, Whole
from services.chassis.store import Duplicate
from tests.probes.counters import CounterStore


class NewDesk(Schema):
    """A desk to be made; its name may be long."""

    id = Id(required=True)
    name = Text(max=None)


class OneDesk(Schema):
    """The desk that is meant."""

    id = Id(required=True)


class DeskChange(OneDesk):
    """A change on the base of a version."""

    if_version = Whole(required=True)
    changes = fields.Dict()


class DeskView(Schema):
    """A desk as it is answered."""

    id = fields.String()
    value = fields.Integer()
    version = fields.Integer()


class Stand(EventFeed):
    """Desks."""

    name = "tickets"

    store = Store(CounterStore)

    @command(NewDesk, answers=DeskView)
    def create_desk(self, id, name=""):
        try:
            return self.store.open(id)
        except Duplicate:
            raise Conflict(f"There is a desk {id} already.") from None

    @query(OneDesk, answers=DeskView)
    def get_desk(self, id):
        return self.store.counters.get(id)

    @command(DeskChange, answers=DeskView)
    def change_desk(self, id, if_version, changes):
        return self.store.bump(id, if_version)

    @query(PageRequest, answers=PageOf(DeskView))
    def list_desks(self, limit, cursor):
        return self.store.page(self.store.counters, {}, sort=[], limit=limit, cursor=cursor)

    @query(OneDesk)
    def get_ticket(self, id):
        if id == "poison":
            raise KeyError("secret of the house")
        raise Invalid("No.", errors={"id": ["Too long."]})
