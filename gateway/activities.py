"""What happened in a ticket, over HTTP."""

from gateway.http import HttpRequest, body, http, page, patch
from gateway.remote import Remote


class Activities:
    """Activities, comments, the events tab, earlier inquiries, and why a ticket was routed as it was."""

    tickets = Remote("tickets")
    routing = Remote("routing")

    @http("GET", "/v1/tickets/<ticket>/activities")
    def list_activities(self, request: HttpRequest, ticket: str):
        return self.tickets.list_activities(ticket=ticket, **page(request))

    @http("GET", "/v1/activities/<id>")
    def get_activity(self, request: HttpRequest, id: str):
        return self.tickets.get_activity(id=id)

    @http("PATCH", "/v1/activities/<id>")
    def change_activity(self, request: HttpRequest, id: str):
        return self.tickets.change_activity(id=id, **patch(request))

    @http("POST", "/v1/tickets/<ticket>/comments", created="/v1/activities/{id}")
    def add_comment(self, request: HttpRequest, ticket: str):
        return self.tickets.add_comment(ticket=ticket, **body(request))

    @http("GET", "/v1/tickets/<ticket>/history")
    def list_history(self, request: HttpRequest, ticket: str):
        return self.tickets.list_history(ticket=ticket, **page(request))

    @http("GET", "/v1/tickets/<ticket>/inquiries")
    def list_inquiries(self, request: HttpRequest, ticket: str):
        return self.tickets.list_inquiries(ticket=ticket, **page(request))

    @http("GET", "/v1/tickets/<ticket>/decisions")
    def list_decisions(self, request: HttpRequest, ticket: str):
        return self.routing.list_decisions(ticket=ticket, **page(request))
