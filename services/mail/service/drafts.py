"""Mails being written."""

from services.chassis.commands import command, query
from services.chassis.ids import new_id
from services.chassis.providers import Caller, Clock, Rpc, Store
from services.chassis.schema import PageOf
from services.mail.domain import policy
from services.mail.domain.answering import begin
from services.mail.domain.drafts import Kind
from services.mail.errors import UnknownMessage
from services.mail.events import DraftDeleted, DraftSaved
from services.mail.schemas.drafts import ChangeDraft, CreateDraft, DraftView, ListDrafts, as_draft
from services.mail.schemas.shared import ById, ByVersion
from services.mail.store import LAST_TOUCHED_FIRST, MailStore


class Drafts:
    """Drafts, from their first word until they are sent or thrown away."""

    store = Store(MailStore)
    clock = Clock()
    caller = Caller()
    tickets = Rpc("tickets")

    @command(CreateDraft, answers=DraftView)
    def create_draft(self, ticket, kind, in_reply_to, **written):
        about = self.tickets.get_ticket(id=ticket)
        answered = self._answered(about["id"], kind, in_reply_to)
        draft = begin(
            about,
            answered,
            id=new_id(),
            message=new_id(),
            kind=kind,
            author=self.caller.actor.id,
            desk_addresses=self.store.peek.addresses_of(about["desk"]),
            head=self.store.peek.head(about["id"]),
            written=as_draft(written),
            at=self.clock.now(),
        )
        return self.store.add(draft, DraftSaved.of(draft))

    @query(ListDrafts, answers=PageOf(DraftView))
    def list_drafts(self, limit, cursor, **wanted):
        return self.store.page(self.store.drafts, wanted, sort=LAST_TOUCHED_FIRST, limit=limit, cursor=cursor)

    @query(ById, answers=DraftView)
    def get_draft(self, id):
        return self.store.drafts.get(id)

    @command(ChangeDraft, answers=DraftView)
    def change_draft(self, id, if_version, changes):
        draft = self.store.drafts.get(id, if_version).change(as_draft(changes), at=self.clock.now())
        return self.store.save(draft, DraftSaved.of(draft))

    @command(ByVersion)
    def delete_draft(self, id, if_version):
        draft = self.store.drafts.get(id, if_version).discard()
        self.store.delete(draft, DraftDeleted.of(draft))

    @query(ByVersion)
    def preview_draft(self, id, if_version):
        draft = self.store.drafts.get(id, if_version)
        participants = self.store.participants([draft.ticket]).get(draft.ticket, frozenset())
        shown = DraftView(only=["subject", "text", "html", "to", "cc"]).dump(draft)
        return shown | {"prohibited": [], "warnings": policy.warnings(draft, participants=participants)}

    def _answered(self, ticket, kind, in_reply_to):
        if kind is Kind.NEW:
            return None
        if in_reply_to is None:
            return self.store.peek.last_inbound(ticket)
        message = self.store.peek.messages.get(in_reply_to)
        if message.ticket != ticket:
            raise UnknownMessage(f"Message {in_reply_to} is not of ticket {ticket}.")
        return message
