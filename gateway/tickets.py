"""Tickets over HTTP."""

from gateway.draft_moves import or_sends_draft
from gateway.http import HttpRequest, action, body, filters, http, patch
from gateway.remote import Remote


class Tickets:
    """What customers asked, and where it stands."""

    tickets = Remote("tickets")
    mail = Remote("mail")

    @http("POST", "/v1/tickets", created="/v1/tickets/{id}")
    def create_ticket(self, request: HttpRequest):
        return self.tickets.create_ticket(**body(request))

    @http("GET", "/v1/tickets")
    def list_tickets(self, request: HttpRequest):
        return self.tickets.list_tickets(**filters(request, "view", "sort", "q"))

    @http("GET", "/v1/views")
    def count_views(self, request: HttpRequest):
        return self.tickets.count_views()

    @http("GET", "/v1/tickets/<id>")
    def get_ticket(self, request: HttpRequest, id: str):
        return self.tickets.get_ticket(id=id)

    @http("PATCH", "/v1/tickets/<id>")
    def change_ticket(self, request: HttpRequest, id: str):
        return self.tickets.change_ticket(id=id, **patch(request))

    @http("POST", "/v1/tickets/<id>/keep")
    def keep_ticket(self, request: HttpRequest, id: str):
        return self.tickets.keep_ticket(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/assign")
    def assign_ticket(self, request: HttpRequest, id: str):
        return self.tickets.assign_ticket(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/transfer")
    def transfer_ticket(self, request: HttpRequest, id: str):
        return self.tickets.transfer_ticket(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/hold")
    @or_sends_draft("hold")
    def hold_ticket(self, request: HttpRequest, id: str):
        return self.tickets.hold_ticket(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/resume")
    def resume_ticket(self, request: HttpRequest, id: str):
        return self.tickets.resume_ticket(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/solve")
    @or_sends_draft("solve")
    def solve_ticket(self, request: HttpRequest, id: str):
        return self.tickets.solve_ticket(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/resolve-internally")
    def resolve_ticket_internally(self, request: HttpRequest, id: str):
        return self.tickets.resolve_ticket_internally(id=id, **action(request))

    @http("POST", "/v1/tickets/<id>/close")
    def close_ticket(self, request: HttpRequest, id: str):
        return self.tickets.close_ticket(id=id, **action(request))
