"""A stored mail is read, placed, and told to tickets."""

from services.chassis.errors import Invalid, NotFound
from services.chassis.ids import new_id
from services.chassis.providers import Clock, Config, Opened, Rpc, Store
from services.chassis.subscriptions import subscribe
from services.mail.consumed import StoredInbound
from services.mail.domain.inbound import Inbound
from services.mail.domain.keeping import kept, parts
from services.mail.domain.message import ParsedMail
from services.mail.domain.messages import Message
from services.mail.domain.placing import Placement, check_joined, place, silent
from services.mail.domain.token import find_token, is_own_mail
from services.mail.events import InboundQuarantined, InboundSuppressed, MailReceived
from services.mail.parser import ParserKilled, open_parsers
from services.mail.service.desks import desk_of
from services.mail.settings import MailSettings
from services.mail.store import MailStore


class Reading:
    """From raw bytes to a message."""

    store = Store(MailStore)
    clock = Clock()
    config = Config(MailSettings)
    parser = Opened(open_parsers, MailSettings)
    customers = Rpc("customers")
    tickets = Rpc("tickets")

    @subscribe("mail", "inbound.stored", reads=StoredInbound)
    def read_inbound(self, stored):
        inbound = self.store.peek.inbound.get(stored.inbound)
        if not inbound.waits:
            return
        try:
            message = self._message(inbound, self._parsed(self.store.blobs.read(inbound.digest)))
        except ParserKilled as killed:
            self._quarantine(inbound, killed.reason)
        except NotFound:  # the desk has given the address up since
            self._quarantine(inbound, "no_desk")
        else:
            self._keep(inbound, message)

    def _parsed(self, raw: bytes) -> ParsedMail:
        """The mail, with a second try, since its process may have died of its neighbour."""
        try:
            return self.parser.parse(raw)
        except ParserKilled:
            return self.parser.parse(raw)

    def _message(self, inbound: Inbound, mail: ParsedMail) -> Message:
        """All that must be asked and stored before the transaction."""
        placement = self._placement(mail, at=self.clock.now())
        reason = silent(mail, own=is_own_mail(mail, self.config.secret))
        return kept(
            mail,
            inbound,
            placement,
            id=new_id(),
            desk=desk_of(self.store, self.tickets, inbound.mailbox),
            customer=None if reason else self._customer(mail),
            attachments=parts(mail, [self.store.blobs.put(each.content) for each in mail.attachments]),
            suppressed=reason if placement.ticket is None or reason == "own_mail" else None,
            at=self.clock.now(),
        )

    def _placement(self, mail: ParsedMail, at) -> Placement:
        token = find_token(mail, self.config.secret)
        referred = self.store.peek.referred((*mail.in_reply_to, *reversed(mail.references)))
        check_joined(referred, at=at)
        tickets = {message.ticket for message in referred if message.ticket} | ({token.thread} if token else set())
        participants = self.store.peek.participants(tickets)
        return place(mail, token=token.thread if token else None, referred=referred, participants=participants)

    def _customer(self, mail: ParsedMail) -> str | None:
        if mail.author is None:
            return None
        try:
            found = self.customers.recognise(channel="mail", address=mail.author.address, name=mail.author.name[:255])
        except Invalid:  # nobody can be reached there
            return None
        return found["customer"]["id"]

    def _quarantine(self, inbound: Inbound, reason: str) -> None:
        unreadable = inbound.quarantine(reason)
        self.store.save(unreadable, InboundQuarantined.of(unreadable))

    def _keep(self, inbound: Inbound, message: Message) -> None:
        if message.suppressed:
            suppressed = inbound.suppress(message.id, sender=message.sender, reason=message.suppressed)
            self.store.save(suppressed, InboundSuppressed.of(suppressed))
            self.store.messages.keep(message)
        else:
            read = inbound.read_as(message.id, sender=message.sender, matched_by=message.matched_by)
            self.store.inbound.keep(read)
            self.store.add(message, MailReceived.of(message))
