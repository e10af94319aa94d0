"""What tickets reads of the events of others: only the fields that it uses."""

from marshmallow import EXCLUDE, Schema, fields


class Tolerant(Schema):
    """Everything that is not read may change."""

    class Meta:
        unknown = EXCLUDE


class Named(Tolerant):
    """A mail's sender or receiver."""

    name = fields.String(load_default="", allow_none=True)
    address = fields.String(load_default="", allow_none=True)


class MailText(Tolerant):
    """The free text of a mail."""

    sender = fields.Nested(Named, data_key="from", load_default=None, allow_none=True)
    subject = fields.String(load_default="", allow_none=True)
    text = fields.String(load_default="", allow_none=True)


class MailReceived(Tolerant):
    """Of `mail.received`: `ticket` is that of the thread, where the thread is known."""

    message = fields.String(required=True)
    desk = fields.String(required=True)
    ticket = fields.String(load_default=None, allow_none=True)
    related_to = fields.String(load_default=None, allow_none=True)
    customer = fields.String(load_default=None, allow_none=True)
    is_auto_reply = fields.Boolean(load_default=False)
    is_bounce = fields.Boolean(load_default=False)
    bounce_hard = fields.Boolean(load_default=False)
    language = fields.String(load_default=None, allow_none=True)
    at = fields.AwareDateTime(required=True)
    text_cut = fields.Boolean(load_default=False)
    personal = fields.Nested(MailText, required=True)


class MailQueued(Tolerant):
    """Of `mail.queued`."""

    message = fields.String(required=True)
    ticket = fields.String(required=True)
    author = fields.String(required=True)
    then = fields.String(load_default=None, allow_none=True)
    text_cut = fields.Boolean(load_default=False)
    personal = fields.Nested(MailText, required=True)


class Saw(Tolerant):
    """Whose a ticket was when it was decided upon."""

    group = fields.String(load_default=None, allow_none=True)
    assignee = fields.String(load_default=None, allow_none=True)


class DecisionMade(Tolerant):
    """Of `decision.made`."""

    decision = fields.String(required=True)
    ticket = fields.String(required=True)
    saw = fields.Nested(Saw, required=True)
    actions = fields.List(fields.Dict(keys=fields.String()), required=True)


class GroupChanged(Tolerant):
    """Of `group.created` and `group.updated`, and of `group.deleted`."""

    group = fields.String(required=True)
    desk = fields.String(load_default=None, allow_none=True)
    members = fields.List(fields.String(), load_default=list)


class Identity(Tolerant):
    """One address of a customer."""

    channel = fields.String(required=True)
    address = fields.String(required=True)


class CustomerText(Tolerant):
    """The name and the addresses of a customer."""

    name = fields.String(load_default=None, allow_none=True)
    email = fields.String(load_default=None, allow_none=True)
    phone = fields.String(load_default=None, allow_none=True)
    identities = fields.List(fields.Nested(Identity), load_default=list)


class CustomerChanged(Tolerant):
    """Of `customer.created` and `customer.updated`."""

    customer = fields.String(required=True)
    number = fields.Integer(required=True)
    personal = fields.Nested(CustomerText, required=True)
