"""Desks over HTTP."""

from gateway.http import HttpRequest, body, http, page, patch, version
from gateway.remote import Remote


class Desks:
    """The departments that own tickets, and their policies."""

    tickets = Remote("tickets")

    @http("GET", "/v1/desks")
    def list_desks(self, request: HttpRequest):
        return self.tickets.list_desks(**page(request))

    @http("POST", "/v1/desks", created="/v1/desks/{id}")
    def create_desk(self, request: HttpRequest):
        return self.tickets.create_desk(**body(request))

    @http("GET", "/v1/desks/<id>")
    def get_desk(self, request: HttpRequest, id: str):
        return self.tickets.get_desk(id=id)

    @http("PATCH", "/v1/desks/<id>")
    def change_desk(self, request: HttpRequest, id: str):
        return self.tickets.change_desk(id=id, **patch(request))

    @http("DELETE", "/v1/desks/<id>")
    def delete_desk(self, request: HttpRequest, id: str):
        return self.tickets.delete_desk(id=id, if_version=version(request))
