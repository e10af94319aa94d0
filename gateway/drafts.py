"""Drafts over HTTP: mails being written, and the act of sending."""

from gateway.http import HttpRequest, action, body, http, page, patch, version
from gateway.remote import Remote


class Drafts:
    """Mails being written."""

    mail = Remote("mail")

    @http("GET", "/v1/drafts")
    def list_drafts(self, request: HttpRequest):
        return self.mail.list_drafts(**page(request))

    @http("POST", "/v1/drafts", created="/v1/drafts/{id}")
    def create_draft(self, request: HttpRequest):
        return self.mail.create_draft(**body(request))

    @http("GET", "/v1/drafts/<id>")
    def get_draft(self, request: HttpRequest, id: str):
        return self.mail.get_draft(id=id)

    @http("PATCH", "/v1/drafts/<id>")
    def change_draft(self, request: HttpRequest, id: str):
        return self.mail.change_draft(id=id, **patch(request))

    @http("DELETE", "/v1/drafts/<id>")
    def delete_draft(self, request: HttpRequest, id: str):
        return self.mail.delete_draft(id=id, if_version=version(request))

    @http("POST", "/v1/drafts/<id>/preview")
    def preview_draft(self, request: HttpRequest, id: str):
        return self.mail.preview_draft(id=id, **body(request))

    @http("POST", "/v1/drafts/<id>/send", status=202)
    def send_draft(self, request: HttpRequest, id: str):
        return self.mail.send_draft(id=id, **action(request))
