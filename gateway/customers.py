"""Customers over HTTP."""

from gateway.http import HttpRequest, body, http, page, patch
from gateway.remote import Remote


class Customers:
    """Who is asking."""

    customers = Remote("customers")

    @http("POST", "/v1/customers", created="/v1/customers/{id}")
    def create_customer(self, request: HttpRequest):
        return self.customers.create_customer(**body(request))

    @http("GET", "/v1/customers")
    def list_customers(self, request: HttpRequest):
        return self.customers.list_customers(**page(request))

    @http("POST", "/v1/customers/recognise")
    def recognise(self, request: HttpRequest):
        return self.customers.recognise(**body(request))

    @http("GET", "/v1/customers/<id>")
    def get_customer(self, request: HttpRequest, id: str):
        return self.customers.get_customer(id=id)

    @http("PATCH", "/v1/customers/<id>")
    def change_customer(self, request: HttpRequest, id: str):
        return self.customers.change_customer(id=id, **patch(request))
