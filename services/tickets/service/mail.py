"""What mail tells: a mail came in, or an answer leaves."""

from services.chassis.ids import new_id
from services.chassis.subscriptions import subscribe
from services.tickets.consumed import MailQueued, MailReceived
from services.tickets.domain.activity import Author
from services.tickets.domain.incoming import IncomingMail, opened_by, place_of
from services.tickets.domain.lifecycle import Move
from services.tickets.domain.outgoing import Answer, after_answer
from services.tickets.events import TicketCreated, consequences
from services.tickets.service.asking import whole_text

SAME = ("message", "desk", "customer", "language", "related_to", "is_auto_reply", "is_bounce", "bounce_hard", "at")


class Mail:
    """Mails as entries of tickets, each once."""

    @subscribe("mail", "mail.received", reads=MailReceived)
    def take_mail(self, told):
        mail = _mail(told, whole_text(self.mail, told))
        if self.store.has(told.message):
            return
        place = place_of(mail, known=self.store.known(told.ticket), latest_open=self._latest_open(told, mail))
        if place is not None:
            self._put(mail, place)

    @subscribe("mail", "mail.queued", reads=MailQueued)
    def note_answer(self, told):
        answer = _answer(told, whole_text(self.mail, told))
        if self.store.has(told.message):
            return
        before = self.store.tickets.get(told.ticket)
        noted = after_answer(before, answer, at=self.clock.now())
        entry = answer.entry(noted.ticket, id=new_id(), refused=noted.refused)
        recorded = self.store.record(noted.ticket, entry, then_refused=noted.refused)
        self.store.save(noted.ticket, *consequences(before, noted.ticket), *recorded)

    def _latest_open(self, told, mail):
        joins = told.ticket is None and mail.may_join_another(self.store.desks.get(mail.desk))
        return self.store.latest_open(mail.customer, mail.desk) if joins else None

    def _put(self, mail, place):
        at = self.clock.now()
        after = place.existing(at=at)
        if after is None:
            after = opened_by(mail, place, id=new_id(), number=self.store.numbers.next("tickets"), at=at)
        recorded = self.store.record(
            after, mail.entry(after, id=new_id()), placed=place.matched_by, automatic=mail.automatic
        )
        if place.ticket is None:
            self.store.add(after, TicketCreated.new(after), *recorded)
        else:
            self.store.save(after, *consequences(place.ticket, after), *recorded)


def _mail(told, text):
    written = told.personal
    sender = written["sender"] or {"name": "", "address": ""}
    same = {name: getattr(told, name) for name in SAME}
    return IncomingMail(
        **same,
        sender=sender["name"] or sender["address"] or "",
        subject=written["subject"] or "",
        text=text,
    )


def _answer(told, text):
    author = Author(kind=told.event.actor.kind, id=told.author)
    then = Move(told.then) if told.then else None
    return Answer(message=told.message, author=author, text=text, then=then, at=told.event.time)
