"""What customers keeps: profiles, the addresses that lead to them, and what they are found by."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from services.chassis.store import Aggregates, Document, Index, Repository, Table
from services.customers.domain.customer import Customer, added
from services.customers.domain.identity import Channel, Identity, key_of
from services.customers.domain.search import asked_grams, grams, names_of, searchable, texts_of
from services.customers.errors import IdentityTaken
from services.customers.events import CustomerCreated, CustomerUpdated, IdentityAdded, IdentityRemoved

BY_ID = [("_id", 1)]
FOUND_BY = ("text_grams", "name_grams", "keys", "external_ids", "number")


class CustomerStore(Repository):
    """Every customer. A row of `identities` is the one right to an address; one of `findings` is what `q` looks at."""

    customers = Aggregates(Customer, "customers", indexes=[Index("number", unique=True)])
    identities = Table("identities", indexes=[Index("customer")])
    findings = Table("findings", indexes=[Index(name, "_id") for name in FOUND_BY])

    def holder(self, identity: Identity) -> Customer | None:
        """The customer to whom the address belongs."""
        row = self.identities.get(identity.key)
        return self.customers.find_one({"_id": row["customer"]}) if row else None

    def add_customer(self, customer: Customer) -> Customer:
        """Store a new customer. Raises IdentityTaken."""
        self._hold(customer)
        events = [IdentityAdded.of(customer, each) for each in customer.identities]
        return self.add(customer, CustomerCreated.of(customer), *events)

    def save_customer(self, after: Customer, before: Customer) -> Customer:
        """Store a changed customer, where it did change. Raises IdentityTaken."""
        if after == before:
            return before
        self._hold(after)
        come = [IdentityAdded.of(after, each) for each in added(before, after)]
        gone = [IdentityRemoved.of(after, each) for each in added(after, before)]
        return self.save(after, CustomerUpdated.of(after, before), *come, *gone)

    def page_of_customers(self, filter: Document, limit: int, cursor: str | None) -> Document:
        """The customers whose findings fit."""
        page = self.page(self.findings, filter, sort=BY_ID, limit=limit, cursor=cursor)
        found = {each.id: each for each in self.customers.find({"_id": {"$in": [row["_id"] for row in page["items"]]}})}
        return page | {"items": [found[row["_id"]] for row in page["items"] if row["_id"] in found]}

    def _hold(self, customer: Customer) -> None:
        """Let the customer's addresses, and no others, lead to it, and its findings find it."""
        keys = {each.key: each for each in customer.identities}
        self.identities.delete({"customer": customer.id, "_id": {"$nin": list(keys)}})
        held = {row["_id"]: row["customer"] for row in self.identities.find({"_id": {"$in": list(keys)}})}
        for key, each in keys.items():
            if held.get(key, customer.id) != customer.id:
                raise IdentityTaken(each.channel, each.address, held[key])
        fresh = [{"_id": key, "customer": customer.id} for key in keys if key not in held]
        if fresh:
            self.identities.insert(*fresh)
        self.findings.put(customer.id, _finding(customer))


def asked(wanted: Mapping[str, Any], region: str) -> Document:
    """The conditions of a list as a filter over the findings; `region` is that of phone numbers."""
    conditions = [CONDITIONS[name](value, region) for name, value in wanted.items()]
    return {"$and": conditions} if conditions else {}


def _finding(customer: Customer) -> Document:
    texts, names = texts_of(customer), names_of(customer)
    return {
        "number": customer.number,
        "keys": [each.key for each in customer.identities],
        "external_ids": list(customer.external_ids),
        "texts": texts,
        "text_grams": grams(texts),
        "names": names,
        "name_grams": grams(names),
    }


def _part(texts: str, grams: str, text: str) -> Document:
    part = searchable(text)
    return {grams: {"$all": asked_grams(part)}, texts: {"$regex": re.escape(part)}}


CONDITIONS: dict[str, Callable[[Any, str], Document]] = {
    "q": lambda text, _: _part("texts", "text_grams", text),
    "name": lambda text, _: _part("names", "name_grams", text),
    "email": lambda address, region: {"keys": key_of(Channel.MAIL, address, region)},
    "phone": lambda number, region: {"keys": key_of(Channel.PHONE, number, region)},
    "external_id": lambda id, _: {"external_ids": id},
    "number": lambda number, _: {"number": number},
}
