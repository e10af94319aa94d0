"""Groups: commands and queries."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.chassis.providers import Caller, Clock, Rpc, Store
from services.chassis.schema import PageOf, PageRequest
from services.routing.domain.group import Group
from services.routing.domain.permissions import may_configure
from services.routing.events import GroupCreated, GroupDeleted, GroupUpdated
from services.routing.schemas import ChangeGroup, CreateGroup, GroupView, One, OneAsSeen
from services.routing.service.asking import desks_there
from services.routing.store import RoutingStore


class Groups:
    """Who works together."""

    store = Store(RoutingStore)
    clock = Clock()
    caller = Caller()
    tickets = Rpc("tickets")

    @query(PageRequest, answers=PageOf(GroupView))
    def list_groups(self, limit, cursor):
        return self.store.page(self.store.groups, {}, sort=[("_id", 1)], limit=limit, cursor=cursor)

    @query(One, answers=GroupView)
    def get_group(self, id):
        return self.store.groups.get(id)

    @command(CreateGroup, answers=GroupView)
    def create_group(self, **fields):
        may_configure(self.caller.actor)
        group = Group.create(**({"id": new_id()} | fields), at=self.clock.now())
        group.check_desk(desks_there(self.store, self.tickets, group.desk))
        return self.store.add_chosen(group, GroupCreated.of(group))

    @command(ChangeGroup, answers=GroupView)
    def change_group(self, id, if_version, changes):
        may_configure(self.caller.actor)
        before = self.store.groups.get(id, if_version)
        after = before.change(changes, at=self.clock.now())
        return self.store.save(after, GroupUpdated.of(after, before))

    @command(OneAsSeen, answers=GroupView)
    def delete_group(self, id, if_version):
        may_configure(self.caller.actor)
        group = self.store.groups.get(id, if_version)
        self.store.check_unused(group)
        self.store.delete(group, GroupDeleted.of(group))
