"""Inbound mails: what enters, and what leaves."""

from typing import Any

from marshmallow import fields, pre_dump

from services.chassis.schema import Id, Instant, PageRequest, Schema, Text, Whole
from services.mail.domain.inbound import Inbound, Verdict
from services.mail.schemas.shared import ADDRESS, one_of


class StoreInbound(Schema):
    """A raw mail whose bytes are stored."""

    blob = Id(required=True)
    size = Whole(required=True, min=0)
    mailbox = Text(max=320, required=True, also=[ADDRESS])


class InboundView(Schema):
    """An inbound mail."""

    id = fields.String()
    mailbox = fields.String()
    verdict = fields.String()
    reason = fields.String()
    ticket = fields.String()
    message = fields.String()
    matched_by = fields.String()
    received_at = Instant()
    version = fields.Integer()


class StoredView(Schema):
    """What a deliverer is told."""

    id = fields.String()
    verdict = fields.String()

    @pre_dump
    def as_stored(self, inbound: Inbound, **_: Any) -> dict[str, Any]:
        """The deliverer learns that it is durable, whatever became of it since."""
        return {"id": inbound.id, "verdict": Verdict.STORED.value}


class ListInbound(PageRequest):
    """Which inbound mails."""

    verdict = fields.String(validate=one_of(Verdict))
    mailbox = Text(max=320)
    sender = Text(max=320, data_key="from")
