"""Desks: the departments that own tickets."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.chassis.schema import PageOf
from services.tickets.domain.desk import Desk
from services.tickets.domain.patching import patched
from services.tickets.domain.permissions import administer
from services.tickets.schemas.desks import (
    ChangeDesk,
    CreateDesk,
    DeleteDesk,
    DeskOfAddress,
    DeskView,
    ListDesks,
    OneDesk,
)


class Desks:
    """Desks, their policies, and the addresses that lead to them."""

    @command(CreateDesk, answers=DeskView)
    def create_desk(self, name, id=None, **policies):
        administer(self.caller.actor)
        desk = patched(Desk(id=id or new_id(), name=name), policies)
        return self.store.add_desk(desk)

    @query(ListDesks, answers=PageOf(DeskView))
    def list_desks(self, limit, cursor):
        return self.store.page(self.store.desks, {"deleted": None}, sort=[("_id", 1)], limit=limit, cursor=cursor)

    @query(OneDesk, answers=DeskView)
    def get_desk(self, id):
        return self.store.desk(id)

    @command(ChangeDesk, answers=DeskView)
    def change_desk(self, id, if_version, changes):
        administer(self.caller.actor)
        desk = self.store.desk(id, if_version)
        return self.store.save_desk(desk.patch(changes), desk)

    @command(DeleteDesk, answers=DeskView)
    def delete_desk(self, id, if_version):
        administer(self.caller.actor)
        desk = self.store.desk(id, if_version)
        self.store.bury_desk(desk.delete(at=self.clock.now()), desk)

    @query(DeskOfAddress)
    def desk_of_address(self, address):
        return {"desk": self.store.desk_of(address)}
