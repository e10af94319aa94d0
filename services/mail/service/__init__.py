"""The front door of mail."""

from services.chassis.providers import Caller, Clock, Config, Opened, Rpc, Store
from services.mail.parser import ParserPool
from services.mail.service.deliveries import Deliveries
from services.mail.service.drafts import Drafts
from services.mail.service.intake import Intake
from services.mail.service.messages import Messages
from services.mail.service.reading import Reading
from services.mail.service.sending import Sending
from services.mail.service.threads import Threads
from services.mail.settings import MailSettings
from services.mail.store import MailStore


def _parsers(own: MailSettings) -> ParserPool:
    return ParserPool(own.parser_processes, own.parser_bytes, own.parser_timeout.total_seconds())


class MailService(Intake, Reading, Threads, Messages, Drafts, Sending, Deliveries):
    """Says what a mail is, where it belongs, whether an answer may leave, and whether it left."""

    name = "mail"
    blobs = True  # its HTTP port takes and gives raw mails and attachments

    store = Store(MailStore)
    clock = Clock()
    caller = Caller()
    config = Config(MailSettings)
    parser = Opened(_parsers, MailSettings)
    customers = Rpc("customers")
    tickets = Rpc("tickets")
    presence = Rpc("presence")
