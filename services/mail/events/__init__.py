"""What mail publishes."""

from services.mail.events.drafts import DraftDeleted, DraftSaved
from services.mail.events.inbound import InboundQuarantined, InboundStored, InboundSuppressed
from services.mail.events.mails import MailFailed, MailQueued, MailReceived, MailSent, MailUnknown, told

__all__ = [
    "DraftDeleted",
    "DraftSaved",
    "InboundQuarantined",
    "InboundStored",
    "InboundSuppressed",
    "MailFailed",
    "MailQueued",
    "MailReceived",
    "MailSent",
    "MailUnknown",
    "told",
]
