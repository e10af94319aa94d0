"""The act of sending: the one point that every answer passes."""

from services.chassis.commands import command
from services.chassis.errors import Unavailable
from services.chassis.providers import Clock, Config, Rpc, Store
from services.mail.domain.answers import deliveries_of, message_of, outgoing
from services.mail.domain.compose import compose
from services.mail.domain.drafts import Draft
from services.mail.domain.editors import UNKNOWN, check_editors
from services.mail.domain.messages import Message
from services.mail.domain.threads import check_head
from services.mail.errors import UnknownMessage
from services.mail.events import DraftSaved, MailQueued
from services.mail.schemas.drafts import DraftView, SendDraft
from services.mail.settings import MailSettings
from services.mail.store import MailStore


class Sending:
    """From a draft to a queued mail."""

    store = Store(MailStore)
    clock = Clock()
    config = Config(MailSettings)
    tickets = Rpc("tickets")
    presence = Rpc("presence")

    @command(SendDraft, answers=DraftView)
    def send_draft(self, id, ticket, override, then, if_version):
        draft = self.store.peek.drafts.get(id, if_version)
        if ticket not in (None, draft.ticket):
            raise UnknownMessage(f"Draft {id} is not of ticket {ticket}.")
        self.tickets.check_reply(id=draft.ticket, then=then)
        editors = self._editors(draft.ticket)
        overridden = check_editors(editors, override=override)
        queued = draft.queue(own=self.store.peek.addresses_of(draft.desk), at=self.clock.now())
        message = self._written(queued)
        overridden += self._move_head(draft, message, override=override)
        self.store.add(message, MailQueued.of(message, queued, then, overridden, editors))
        self.store.add_deliveries(deliveries_of(queued, at=message.at))
        return self.store.save(queued, DraftSaved.of(queued))

    def _editors(self, ticket: str):
        """Who else edits a reply; when presence is down the head of the thread decides alone."""
        try:
            return self.presence.editors(ticket=ticket)["editors"]
        except Unavailable:
            return UNKNOWN

    def _written(self, draft: Draft) -> Message:
        """The mail, its bytes kept; the same bytes are kept once however often this runs."""
        answered = self.store.peek.messages.find_one({"_id": draft.in_reply_to}) if draft.in_reply_to else None
        secret, domain = self.config.secret, self.config.mail_domain
        mail = outgoing(draft, answered, secret=secret, domain=domain, at=draft.updated_at)
        return message_of(draft, mail, digest=self.store.blobs.put(compose(mail)), at=draft.updated_at)

    def _move_head(self, draft: Draft, message: Message, *, override: bool) -> list[str]:
        head = self.store.head(draft.ticket)
        since = self.store.after(draft.ticket, draft.based_on) if head != draft.based_on else []
        overridden = check_head(draft, head, since, override=override)
        self.store.move_head(draft.ticket, message)
        return overridden
