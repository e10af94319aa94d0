"""Groups and triggers over HTTP."""

from gateway.http import HttpRequest, body, http, page, patch, version
from gateway.remote import Remote


class Groups:
    """Who works together."""

    routing = Remote("routing")

    @http("GET", "/v1/groups")
    def list_groups(self, request: HttpRequest):
        return self.routing.list_groups(**page(request))

    @http("POST", "/v1/groups", created="/v1/groups/{id}")
    def create_group(self, request: HttpRequest):
        return self.routing.create_group(**body(request))

    @http("GET", "/v1/groups/<id>")
    def get_group(self, request: HttpRequest, id: str):
        return self.routing.get_group(id=id)

    @http("PATCH", "/v1/groups/<id>")
    def change_group(self, request: HttpRequest, id: str):
        return self.routing.change_group(id=id, **patch(request))

    @http("DELETE", "/v1/groups/<id>")
    def delete_group(self, request: HttpRequest, id: str):
        return self.routing.delete_group(id=id, if_version=version(request))


class Triggers:
    """What is decided when something happens."""

    routing = Remote("routing")

    @http("GET", "/v1/triggers")
    def list_triggers(self, request: HttpRequest):
        return self.routing.list_triggers(**page(request))

    @http("POST", "/v1/triggers", created="/v1/triggers/{id}")
    def create_trigger(self, request: HttpRequest):
        return self.routing.create_trigger(**body(request))

    @http("GET", "/v1/triggers/<id>")
    def get_trigger(self, request: HttpRequest, id: str):
        return self.routing.get_trigger(id=id)

    @http("PATCH", "/v1/triggers/<id>")
    def change_trigger(self, request: HttpRequest, id: str):
        return self.routing.change_trigger(id=id, **patch(request))

    @http("DELETE", "/v1/triggers/<id>")
    def delete_trigger(self, request: HttpRequest, id: str):
        return self.routing.delete_trigger(id=id, if_version=version(request))
