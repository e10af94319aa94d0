"""A new ticket: what is asked of it, and how it begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.tickets.domain.content import check_title
from services.tickets.domain.desk import Desk
from services.tickets.domain.desk_fields import check_content, check_required
from services.tickets.domain.lifecycle import Status
from services.tickets.domain.patching import merged
from services.tickets.domain.ticket import Ticket
from services.tickets.domain.words import AssignedBy, Channel
from services.tickets.errors import FieldsInvalid, UnknownReference


def new_ticket(
    *, id: str, number: int, desk: Desk, customer: str | None, at: datetime, content: Mapping[str, Any]
) -> Ticket:
    """A ticket as somebody asks for it (R43-R45). Raises FieldsInvalid, UnknownReference."""
    check_new(desk, content)
    owned = content.get("group") or content.get("assignee")
    given = {name: value for name, value in content.items() if value is not None}
    for name in {"customer_fields", "operator_fields"} & given.keys():
        given[name] = merged({}, given[name])
    return Ticket(
        **given,
        id=id,
        number=number,
        desk=desk.id,
        customer=customer,
        status=Status.IN_PROGRESS if content.get("assignee") else Status.NEW,
        assigned_by=AssignedBy.ASSIGN if owned else None,
        opened_at=at,
        created_at=at,
        updated_at=at,
    )


def check_new(desk: Desk, content: Mapping[str, Any]) -> None:
    """Hold a new ticket against its desk. Raises FieldsInvalid, UnknownReference."""
    if desk.deleted is not None:
        raise UnknownReference("desk", desk.id)
    if content["channel"] is Channel.AGENT:
        missing = [name for name in ("group", "assignee") if not content.get(name)]
        if missing:
            raise FieldsInvalid({name: ["It is required where an agent makes the ticket."] for name in missing})
    check_title(content)
    check_content(desk, content)
    check_required(desk, content)
