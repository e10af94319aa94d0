"""The event logs over HTTP, for consumers without AMQP."""

from gateway.http import HttpRequest, filters, http
from gateway.remote import SERVICES, Remote, Service
from services.chassis.errors import Invalid


class Events:
    """The same CloudEvents as on the bus."""

    customers = Remote("customers")
    tickets = Remote("tickets")
    routing = Remote("routing")
    presence = Remote("presence")
    mail = Remote("mail")

    @http("GET", "/v1/events")
    def list_events(self, request: HttpRequest):
        wanted = filters(request, "service", "after", "subject")
        return self._named(wanted.pop("service", None)).list_events(**wanted)

    def _named(self, service: str | None) -> Service:
        if service not in SERVICES:
            raise Invalid("Name the service.", errors={"service": [f"Must be one of {', '.join(SERVICES)}."]})
        remote: Service = getattr(self, service)
        return remote
