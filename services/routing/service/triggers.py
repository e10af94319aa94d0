"""Triggers: commands and queries."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.chassis.providers import Caller, Clock, Rpc, Store
from services.chassis.schema import PageOf, PageRequest
from services.routing.domain.permissions import may_configure
from services.routing.domain.trigger import Trigger
from services.routing.events import TriggerCreated, TriggerDeleted, TriggerUpdated
from services.routing.schemas import ChangeTrigger, CreateTrigger, One, OneAsSeen, TriggerView
from services.routing.service.asking import desks_there
from services.routing.store import RoutingStore


class Triggers:
    """What is to be decided when something happens."""

    store = Store(RoutingStore)
    clock = Clock()
    caller = Caller()
    tickets = Rpc("tickets")

    @query(PageRequest, answers=PageOf(TriggerView))
    def list_triggers(self, limit, cursor):
        return self.store.page(self.store.triggers, {}, sort=[("position", 1)], limit=limit, cursor=cursor)

    @query(One, answers=TriggerView)
    def get_trigger(self, id):
        return self.store.triggers.get(id)

    @command(CreateTrigger, answers=TriggerView)
    def create_trigger(self, **fields):
        may_configure(self.caller.actor)
        trigger = Trigger.create(**({"id": new_id()} | fields), at=self.clock.now())
        desks = desks_there(self.store, self.tickets, trigger.desk)
        self.store.renumber_triggers()
        trigger.check_places(desks, self.store.known_groups(trigger.groups))
        return self.store.add_chosen(trigger, TriggerCreated.of(trigger))

    @command(ChangeTrigger, answers=TriggerView)
    def change_trigger(self, id, if_version, changes):
        may_configure(self.caller.actor)
        desks = desks_there(self.store, self.tickets, changes.get("desk"))
        before = self.store.triggers.get(id, if_version)
        after = before.change(changes, at=self.clock.now())
        self.store.renumber_triggers()
        after.check_places(desks | {before.desk}, self.store.known_groups(after.groups))
        return self.store.save(after, TriggerUpdated.of(after, before))

    @command(OneAsSeen, answers=TriggerView)
    def delete_trigger(self, id, if_version):
        may_configure(self.caller.actor)
        trigger = self.store.triggers.get(id, if_version)
        self.store.renumber_triggers()
        self.store.delete(trigger, TriggerDeleted.of(trigger))
