"""Desks and the mail addresses that lead to them."""

from services.chassis.store import Aggregates, Index, Repository, Table
from services.tickets.domain.desk import Desk, address_key
from services.tickets.errors import AddressTaken, DeskInUse, IdTaken, UnknownAddress, UnknownReference
from services.tickets.events import DeskCreated, DeskDeleted, DeskUpdated


class DeskStore(Repository):
    """The desks; one address leads to one desk, which its row stands for."""

    desks = Aggregates(Desk, "desks")
    addresses = Table("addresses", indexes=[Index("desk")])

    def desk(self, id: str, if_version: int | None = None) -> Desk:
        """A desk that is not deleted. Raises NotFound, Stale."""
        return self.desks.one({"_id": id, "deleted": None}, if_version, name=id)

    def desk_named(self, id: str) -> Desk:
        """The desk that a request names. Raises UnknownReference."""
        desk = self.desks.find_one({"_id": id, "deleted": None})
        if desk is None:
            raise UnknownReference("desk", id)
        return desk

    def desk_of(self, address: str) -> str:
        """The id of the desk to which the address leads. Raises UnknownAddress."""
        row = self.addresses.get(address_key(address))
        if row is None:
            raise UnknownAddress(address)
        found: str = row["desk"]
        return found

    def add_desk(self, desk: Desk) -> Desk:
        """Store a new desk. Raises IdTaken, AddressTaken."""
        if self.desks.find_one({"_id": desk.id}) is not None:
            raise IdTaken(desk.id)
        self._lead(desk)
        return self.add(desk, DeskCreated.of(desk))

    def save_desk(self, desk: Desk, before: Desk) -> Desk:
        """Store a changed desk, where it did change. Raises AddressTaken."""
        if desk == before:
            return before
        self._lead(desk)
        return self.save(desk, DeskUpdated.of(desk, before))

    def bury_desk(self, desk: Desk, before: Desk) -> None:
        """Store the tombstone of a desk that nothing belongs to. Raises DeskInUse."""
        if self.rows("tickets").find_one({"box": {"$exists": True}, "desk": desk.id}) or self._has_groups(desk):
            raise DeskInUse(desk.id)
        self._lead(desk)
        self.save(desk, DeskDeleted.of(desk, before))

    def _has_groups(self, desk: Desk) -> bool:
        return self.rows("groups").find_one({"desk": desk.id}) is not None

    def _lead(self, desk: Desk) -> None:
        """Let the desk's addresses, and no others, lead to it."""
        keys = {address_key(address): address for address in desk.addresses}
        self.addresses.delete({"desk": desk.id, "_id": {"$nin": list(keys)}})
        held = {row["_id"]: row["desk"] for row in self.addresses.find({"_id": {"$in": list(keys)}})}
        for key, address in keys.items():
            if held.get(key, desk.id) != desk.id:
                raise AddressTaken(address, held[key])
        fresh = [{"_id": key, "desk": desk.id} for key in keys if key not in held]
        if fresh:
            self.addresses.insert(*fresh)
