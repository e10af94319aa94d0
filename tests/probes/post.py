"""Services under the names of real ones, behind the gateway: one keeps raw mail, one meets agents."""

from marshmallow import fields

from services.chassis.commands import command, query
from services.chassis.errors import NotFound
from services.chassis.providers import Store
from services.chassis.schema import Id, Schema, Text, Whole
from tests.probes.counters import CounterStore


class One(Schema):
    """What is meant."""

    id = Id(required=True)


class Raw(Schema):
    """A raw mail whose bytes are kept already."""

    blob = Id(required=True)
    size = Whole(required=True)
    mailbox = Text(required=True)


class Someone(One):
    """An agent as their token names them."""

    name = Text(required=True)


class Post:
    """Raw mail; a mail's id is its digest."""

    name = "mail"
    blobs = True

    store = Store(CounterStore)

    @command(Raw)
    def store_inbound(self, blob, size, mailbox):
        self.store.notes.put(blob, {"word": blob, "size": size})
        return {"id": blob, "verdict": "stored", "mailbox": mailbox, "size": size}

    @query(One)
    def get_raw(self, id):
        note = self.store.notes.get(id)
        return {"blob": id, "size": note["size"], "filename": "請求書.html", "content_type": "text/html"}


class AgentView(Schema):
    """An agent."""

    id = fields.String()
    name = fields.String()


class Porch:
    """Remembers whom it met."""

    name = "presence"

    store = Store(CounterStore)

    @command(Someone)
    def see_agent(self, id, name):
        self.store.notes.put(id, {"word": id, "name": name})

    @query(One, answers=AgentView)
    def get_agent(self, id):
        note = self.store.notes.find_one({"_id": id})
        if note is None:
            raise NotFound(f"Nobody has met {id}.")
        return {"id": id, "name": note["name"]}
