"""Routing and mail as far as tickets asks them: a group of which no event came yet, and a long mail whole."""

from services.chassis.commands import query
from services.chassis.errors import NotFound
from services.chassis.schema import Id, PageRequest, Schema

LATE = {"id": "late", "desk": "support", "members": [{"agent": "bob", "skills": {}}]}
LONG = "あ" * 30_000


class ById(Schema):
    """Something by its id."""

    id = Id(required=True)


class RoutingService:
    """Knows one group, of which no event was published."""

    name = "routing"

    @query(PageRequest)
    def list_groups(self, limit, cursor):
        return {"items": [LATE], "next": None}

    @query(ById)
    def get_group(self, id):
        if id != LATE["id"]:
            raise NotFound(f"There is no group {id}.")
        return LATE


class MailService:
    """Knows every message, and that all are long."""

    name = "mail"

    @query(ById)
    def get_message(self, id):
        return {"text": "> quoted\n" + LONG, "reply_text": LONG}
