"""Raw mail comes in: kept before anything is understood, once for each mailbox."""

from services.chassis.commands import command, query
from services.chassis.errors import NotFound
from services.chassis.providers import Clock, Rpc, Store
from services.chassis.schema import PageOf
from services.mail.domain.fingerprint import fingerprint
from services.mail.errors import UnknownMailbox
from services.mail.events import InboundStored
from services.mail.schemas.inbound import InboundView, ListInbound, StoredView, StoreInbound
from services.mail.schemas.shared import ById
from services.mail.service.desks import desk_of
from services.mail.store import NEWEST_FIRST, MailStore


class Intake:
    """Inbound mails."""

    store = Store(MailStore)
    clock = Clock()
    tickets = Rpc("tickets")

    @command(StoreInbound, answers=StoredView)
    def store_inbound(self, blob, size, mailbox):
        try:
            desk_of(self.store, self.tickets, mailbox)
        except NotFound:
            raise UnknownMailbox(mailbox) from None
        mark = fingerprint(self.store.blobs.read(blob))
        return self.store.receive(mailbox, mark, digest=blob, size=size, at=self.clock.now())

    @query(ById, answers=InboundView)
    def get_inbound(self, id):
        return self.store.inbound.get(id)

    @query(ListInbound, answers=PageOf(InboundView))
    def list_inbound(self, limit, cursor, **wanted):
        return self.store.page(self.store.inbound, wanted, sort=NEWEST_FIRST, limit=limit, cursor=cursor)

    @command(ById, answers=InboundView)
    def replay_inbound(self, id):
        inbound = self.store.inbound.get(id).release()
        return self.store.save(inbound, InboundStored.of(inbound))
