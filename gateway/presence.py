"""Who is there, over HTTP."""

from gateway.http import HttpRequest, action, body, http, page, query
from gateway.remote import Remote


class Agents:
    """The directory, each agent's own state, and their sessions."""

    presence = Remote("presence")

    @http("GET", "/v1/agents")
    def list_agents(self, request: HttpRequest):
        return self.presence.list_agents(**page(request))

    @http("GET", "/v1/agents/<id>")
    def get_agent(self, request: HttpRequest, id: str):
        return self.presence.get_agent(id=id)

    @http("PUT", "/v1/agents/<id>")
    def put_agent(self, request: HttpRequest, id: str):
        return self.presence.put_agent(id=id, **action(request))

    @http("PUT", "/v1/agents/me/state")
    def set_state(self, request: HttpRequest):
        return self.presence.set_state(**body(request))

    @http("POST", "/v1/agents/me/sessions", status=201)
    def open_session(self, request: HttpRequest):
        return self.presence.open_session(**body(request))

    @http("PUT", "/v1/agents/me/sessions/<id>")
    def renew_session(self, request: HttpRequest, id: str):
        return self.presence.renew_session(id=id, **body(request))

    @http("DELETE", "/v1/agents/me/sessions/<id>")
    def end_session(self, request: HttpRequest, id: str):
        return self.presence.end_session(id=id)


class Viewers:
    """Who looks at a ticket, and what they do there."""

    presence = Remote("presence")

    @http("GET", "/v1/tickets/<ticket>/viewers")
    def list_viewers(self, request: HttpRequest, ticket: str):
        return self.presence.list_viewers(ticket=ticket)

    @http("PUT", "/v1/tickets/<ticket>/viewers/me")
    def enter_ticket(self, request: HttpRequest, ticket: str):
        return self.presence.enter_ticket(ticket=ticket, **body(request))

    @http("DELETE", "/v1/tickets/<ticket>/viewers/me")
    def leave_ticket(self, request: HttpRequest, ticket: str):
        return self.presence.leave_ticket(ticket=ticket, **query(request))
