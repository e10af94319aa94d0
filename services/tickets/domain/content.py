"""The content of a ticket: what PATCH and triggers may change, held against the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.tickets.domain.desk import Desk
from services.tickets.domain.desk_fields import check_content
from services.tickets.domain.patching import merged
from services.tickets.domain.permissions import Actor
from services.tickets.domain.tags import distinct
from services.tickets.domain.text import visible
from services.tickets.domain.ticket import Ticket
from services.tickets.errors import FieldsInvalid


def edited(ticket: Ticket, changes: Mapping[str, Any], *, desk: Desk, by: Actor, at: datetime) -> Ticket:
    """The ticket with a merge patch of its content. Raises FieldsInvalid, NotPermitted, Closed, InSpamBox."""
    check_title(changes)
    check_content(desk, changes)
    after = dict(changes)
    for name in {"customer_fields", "operator_fields"} & changes.keys():
        after[name] = merged(getattr(ticket, name), changes[name] or {})
    if "tags" in changes:
        after["tags"] = distinct(changes["tags"])
    return ticket.edit(after, by=by, at=at)


def check_title(content: Mapping[str, Any]) -> None:
    """A title, where one is given, can be seen. Raises FieldsInvalid."""
    if "title" in content and not visible(content["title"]):
        raise FieldsInvalid({"title": ["There is nothing to see in it."]})
