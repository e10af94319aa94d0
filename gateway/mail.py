"""Mail over HTTP: what came in, what it became, and whether an answer left."""

from gateway.blobs import MAIL_LIMIT, Blobs
from gateway.http import HttpRequest, action, body, http, page, query
from gateway.http.bodies import Upload
from gateway.http.downloads import download
from gateway.remote import Remote

MESSAGE = ("message/rfc822",)


class Inbound:
    """Raw messages, kept before anything is understood."""

    mail = Remote("mail")
    blobs = Blobs("mail")

    @http("POST", "/v1/mail/inbound", roles=("service",), media=MESSAGE, streams=True, status=202)
    def store_inbound(self, request: HttpRequest):
        wanted = query(request, "blob", "size")
        return self.mail.store_inbound(**wanted, **self.blobs.put(Upload(request, MAIL_LIMIT)))

    @http("GET", "/v1/mail/inbound")
    def list_inbound(self, request: HttpRequest):
        return self.mail.list_inbound(**page(request))

    @http("GET", "/v1/mail/inbound/<id>")
    def get_inbound(self, request: HttpRequest, id: str):
        return self.mail.get_inbound(id=id)

    @http("POST", "/v1/mail/inbound/<id>/replay")
    def replay_inbound(self, request: HttpRequest, id: str):
        return self.mail.replay_inbound(id=id, **body(request))

    @http("POST", "/v1/mail/parse", roles=("service", "admin"), media=MESSAGE, streams=True)
    def parse_mail(self, request: HttpRequest):
        return self.mail.parse_mail(**self.blobs.put(Upload(request, MAIL_LIMIT)))


class Messages:
    """Mails as they are read, with their files."""

    mail = Remote("mail")
    blobs = Blobs("mail")

    @http("GET", "/v1/mail/messages/<id>")
    def get_message(self, request: HttpRequest, id: str):
        return self.mail.get_message(id=id)

    @http("GET", "/v1/mail/messages/<id>/raw")
    def get_raw(self, request: HttpRequest, id: str):
        return download(self.blobs, self.mail.get_raw(id=id))

    @http("GET", "/v1/mail/messages/<message>/attachments/<id>")
    def get_attachment(self, request: HttpRequest, message: str, id: str):
        return download(self.blobs, self.mail.get_attachment(message=message, id=id))


class Deliveries:
    """Attempts to hand a mail over, each to one recipient."""

    mail = Remote("mail")

    @http("GET", "/v1/mail/deliveries")
    def list_deliveries(self, request: HttpRequest):
        return self.mail.list_deliveries(**page(request))

    @http("POST", "/v1/mail/deliveries/<id>/resolve")
    def resolve_delivery(self, request: HttpRequest, id: str):
        return self.mail.resolve_delivery(id=id, **action(request))
