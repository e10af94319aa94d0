"""What tickets must know of groups and customers: projections of what routing and customers tell."""

from collections.abc import Iterable, Mapping, Sequence

from services.chassis.store import Document, Index, Repository, Table
from services.tickets.domain.contact import Contact

SHOWN = ("number", "name", "email", "phone")


class PeopleStore(Repository):
    """Who is in which group, and how customers are called; one row each."""

    groups = Table("groups", indexes=[Index("members"), Index("desk")])
    customers = Table("customers", indexes=[Index("number"), Index("emails")])

    def know_group(self, id: str, *, desk: str | None, members: Iterable[str]) -> None:
        """A group as routing has it now."""
        self.groups.put(id, {"desk": desk, "members": sorted(members)})

    def forget_group(self, id: str) -> None:
        """Routing deleted the group."""
        self.groups.delete({"_id": id})

    def desk_of_group(self, id: str) -> str | None:
        """The desk of a group, where the group is known."""
        row = self.groups.get(id)
        return row["desk"] if row else None

    def groups_of(self, agent: str, desk: str | None = None) -> list[str]:
        """The groups that the agent is in, of all desks or of one."""
        wanted = {"members": agent} | ({"desk": desk} if desk else {})
        return sorted(row["_id"] for row in self.groups.find(wanted))

    def know_customer(self, id: str, contact: Contact) -> None:
        """A customer as customers has them now."""
        self.customers.put(id, _row(contact))

    def meet_customer(self, id: str, contact: Contact) -> None:
        """A customer whose event may still be on its way; what the events told stays."""
        if self.customers.get(id) is None:
            self.customers.insert({"_id": id, **_row(contact)})

    def contacts(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """What is shown of these customers, by id; one that is not known yet has an id only."""
        found = {row["_id"]: row for row in self.customers.find({"_id": {"$in": sorted(ids)}})}
        return {id: {"id": id} | {name: found.get(id, {}).get(name) for name in SHOWN} for id in ids}

    def customers_with(self, *, numbers: Sequence[int] | None = None, emails: Sequence[str] | None = None) -> list[str]:
        """The ids of the customers who have one of these numbers and one of these addresses."""
        by_number = {} if numbers is None else {"number": {"$in": list(numbers)}}
        by_email = {} if emails is None else {"emails": {"$in": [address.casefold() for address in emails]}}
        return [row["_id"] for row in self.customers.find(by_number | by_email, projection={"_id": 1})]


def _row(contact: Contact) -> Document:
    return {
        "number": contact.number,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "emails": [address.casefold() for address in contact.emails],
    }
