"""Messages as they are read."""

from services.chassis.commands import query
from services.chassis.errors import NotFound
from services.chassis.providers import Opened, Store
from services.mail.errors import Unreadable
from services.mail.parser import ParserKilled, open_parsers
from services.mail.schemas.messages import DeliveryView, GetAttachment, MessageView, ParsedView, ParseMail
from services.mail.schemas.shared import ById
from services.mail.settings import MailSettings
from services.mail.store import MailStore


class Messages:
    """Kept mails, their files, and mails that are only read."""

    store = Store(MailStore)
    parser = Opened(open_parsers, MailSettings)

    @query(ById)
    def get_message(self, id):
        message = self.store.messages.get(id)
        deliveries = self.store.deliveries_of([id])[id]
        return MessageView().dump(message) | {"deliveries": DeliveryView(many=True).dump(deliveries)}

    @query(ById)
    def get_raw(self, id):
        message = self.store.messages.get(id)
        size = self.store.blobs.size(message.digest)
        return {"blob": message.digest, "size": size, "filename": f"{id}.eml", "content_type": "message/rfc822"}

    @query(GetAttachment)
    def get_attachment(self, message, id):
        part = self.store.messages.get(message).attachment(id)
        if part is None:
            raise NotFound(f"Message {message} has no attachment {id}.")
        return {"blob": part.digest, "size": part.size, "filename": part.filename, "content_type": part.content_type}

    @query(ParseMail, answers=ParsedView)
    def parse_mail(self, blob, size):
        try:
            return self.parser.parse(self.store.blobs.read(blob))
        except ParserKilled as killed:
            raise Unreadable(killed.reason) from None
