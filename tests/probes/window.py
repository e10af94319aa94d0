"""A window of its own routes and no bus behind it, to show what every endpoint has in common."""

import eventlet

eventlet.monkey_patch()

from dataclasses import asdict  # noqa: E402

from gateway.http import HttpRequest, action, body, filters, http, page, patch  # noqa: E402
from gateway.http.bodies import Upload  # noqa: E402
from gateway.run import serve  # noqa: E402
from services.chassis.errors import Conflict, Invalid  # noqa: E402

UPLOAD_LIMIT = 3 << 20


class Window:
    """Echoes."""

    name = "window"
    released = eventlet.Event()

    @http("GET", "/open", public=True)
    def open(self, request: HttpRequest):
        return {"actor": str(request.actor)}

    @http("POST", "/v1/things", created="/v1/things/{id}")
    def create(self, request: HttpRequest):
        return {"id": "t1", "version": 1, "fields": body(request)}

    @http("GET", "/v1/things")
    def search(self, request: HttpRequest):
        return {"items": [filters(request, "view")], "next": "c2"}

    @http("GET", "/v1/pages")
    def list_pages(self, request: HttpRequest):
        return {"items": [page(request)], "next": None}

    @http("GET", "/v1/things/<id>")
    def get(self, request: HttpRequest, id: str):
        return {"id": id, "version": 7}

    @http("PATCH", "/v1/things/<id>")
    def change(self, request: HttpRequest, id: str):
        return {"id": id, **patch(request)}

    @http("DELETE", "/v1/things/<id>")
    def delete(self, request: HttpRequest, id: str):
        return None

    @http("POST", "/v1/things/<id>/solve")
    def solve(self, request: HttpRequest, id: str):
        return {"id": id, **action(request)}

    @http("POST", "/v1/things/<id>/refuse")
    def refuse(self, request: HttpRequest, id: str):
        raise Conflict("Not now.", holder="bob")

    @http("GET", "/v1/things/<id>/measured")
    def measure(self, request: HttpRequest, id: str):
        raise Invalid("No such id.", errors={"id": ["Too long."]})

    @http("POST", "/v1/broken")
    def break_down(self, request: HttpRequest):
        raise KeyError("secret of the house")

    @http("POST", "/v1/calls")
    def show_call(self, request: HttpRequest):
        return asdict(request.call) | {"remaining": request.call.remaining()}

    @http("POST", "/v1/connectors", roles=("service", "admin"))
    def connect(self, request: HttpRequest):
        return {}

    @http("POST", "/v1/uploads", media=("message/rfc822",), streams=True, status=202)
    def upload(self, request: HttpRequest):
        return {"size": sum(len(chunk) for chunk in Upload(request, UPLOAD_LIMIT))}

    @http("POST", "/v1/waits")
    def wait(self, request: HttpRequest):
        return {"waited": self.released.wait()}

    @http("POST", "/release", public=True)
    def release(self, request: HttpRequest):
        self.released.send("long")


if __name__ == "__main__":
    serve(Window)
