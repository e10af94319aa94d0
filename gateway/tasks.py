"""Work that waits, is offered and is accepted, over HTTP."""

from gateway.http import HttpRequest, action, http, page
from gateway.remote import Remote


class Tasks:
    """The queue, and the tasks that come out of it."""

    routing = Remote("routing")

    @http("GET", "/v1/queue")
    def list_queue(self, request: HttpRequest):
        return self.routing.list_queue(**page(request))

    @http("GET", "/v1/tasks")
    def list_tasks(self, request: HttpRequest):
        return self.routing.list_tasks(**page(request))

    @http("GET", "/v1/tasks/<id>")
    def get_task(self, request: HttpRequest, id: str):
        return self.routing.get_task(id=id)

    @http("POST", "/v1/tasks/<id>/accept")
    def accept_task(self, request: HttpRequest, id: str):
        return self.routing.accept_task(id=id, **action(request))

    @http("POST", "/v1/tasks/<id>/complete")
    def complete_task(self, request: HttpRequest, id: str):
        return self.routing.complete_task(id=id, **action(request))
