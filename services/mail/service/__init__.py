"""The front door of mail."""

from services.chassis.event_feed import EventFeed
from services.mail.service.deliveries import Deliveries
from services.mail.service.drafts import Drafts
from services.mail.service.intake import Intake
from services.mail.service.messages import Messages
from services.mail.service.reading import Reading
from services.mail.service.sending import Sending
from services.mail.service.threads import Threads


class MailService(Intake, Reading, Threads, Messages, Drafts, Sending, Deliveries, EventFeed):
    """Says what a mail is, where it belongs, whether an answer may leave, and whether it left."""

    name = "mail"
    blobs = True  # its HTTP port takes and gives raw mails and attachments
