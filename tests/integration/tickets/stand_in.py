"""Routing as far as tickets asks it: groups that its events may not have told of yet."""

from services.chassis.commands import query
from services.chassis.errors import NotFound
from services.chassis.schema import Id, PageRequest, Schema

LATE = {"id": "late", "desk": "support", "members": [{"agent": "bob", "skills": {}}]}


class OneGroup(Schema):
    """A group by its id."""

    id = Id(required=True)


class RoutingService:
    """Knows one group, of which no event was published."""

    name = "routing"

    @query(PageRequest)
    def list_groups(self, limit, cursor):
        return {"items": [LATE], "next": None}

    @query(OneGroup)
    def get_group(self, id):
        if id != LATE["id"]:
            raise NotFound(f"There is no group {id}.")
        return LATE
