"""The event logs over HTTP, for consumers without AMQP."""

from typing import Any

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
        return log_of(self, wanted.pop("service", None)).list_events(**behind(**wanted))


def log_of(window: Events, service: str | None) -> Service:
    """The service whose log is asked for. Raises Invalid."""
    if service not in SERVICES:
        raise Invalid("Name the service.", errors={"service": [f"Must be one of {', '.join(SERVICES)}."]})
    remote: Service = getattr(window, service)
    return remote


def behind(cursor: str | None = None, **wanted: Any) -> dict[str, Any]:
    """The position of an event is the cursor of its log: a link to the next page says where to go on."""
    return wanted if cursor is None else {**wanted, "after": cursor}
