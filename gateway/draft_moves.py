"""Moves of a ticket that may carry a draft: with one they are the draft's `send`, entered at mail."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from gateway.errors import UnknownFields
from gateway.http import HttpRequest, accepted, body, condition
from services.chassis.errors import Invalid, Stale


def or_sends_draft(then: str) -> Callable[[Any], Any]:
    """The move as it is; or, where the body names a draft, 202 `{draft, ticket}`, and the move follows the mail."""

    def decorate(move: Any) -> Any:
        @wraps(move)
        def moved_or_sent(self: Any, request: HttpRequest, id: str) -> Any:
            fields = body(request)
            if "draft" not in fields:
                return move(self, request, id)
            draft = _draft_of(fields)
            ticket = _as_wanted(self.tickets.get_ticket(id=id), condition(request))
            sent = self.mail.send_draft(id=draft, ticket=ticket["id"], then=then, **fields)
            return accepted({"draft": sent, "ticket": ticket})

        return moved_or_sent

    return decorate


def _draft_of(fields: dict[str, Any]) -> str:
    draft = fields.pop("draft")
    if unknown := sorted(fields.keys() - {"override"}):
        raise UnknownFields(unknown)
    if not isinstance(draft, str) or not draft:
        raise Invalid("The draft is wrong.", errors={"draft": ["Must be the id of a draft."]})
    return draft


def _as_wanted(ticket: dict[str, Any], wanted: dict[str, int]) -> dict[str, Any]:
    if wanted.get("if_version", ticket["version"]) != ticket["version"]:
        raise Stale("The ticket was changed meanwhile.", current=ticket)
    return ticket
