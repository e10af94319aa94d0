"""The published contracts, as they were committed: the API with a page to read it, and the schemas of events."""

from pathlib import Path

from gateway.http import HttpRequest, http, query
from gateway.http.shelves import Shelf
from services.chassis.errors import Invalid, NotFound

HERE = Path(__file__).resolve().parent
DOCUMENTS = HERE.parent / "docs"
MAJOR = "1"


class Documents:
    """What can be asked for, and what is told."""

    page = Shelf(HERE / "static")
    contracts = Shelf(DOCUMENTS)
    event_schemas = Shelf(DOCUMENTS / "schemas", media_type="application/schema+json")

    @http("GET", "/openapi.json", public=True)
    def get_openapi(self, request: HttpRequest):
        return self.contracts.take("openapi.json")

    @http("GET", "/docs", public=True)
    def show_docs(self, request: HttpRequest):
        return self.page.take("index.html")

    @http("GET", "/docs/<name>", public=True)
    def get_docs_file(self, request: HttpRequest, name: str):
        return self.page.take(name)

    @http("GET", "/v1/events/schemas/<type>")
    def get_event_schema(self, request: HttpRequest, type: str):
        check_major(**query(request))
        return self.event_schemas.take(f"{type}.json")


def check_major(major: str = MAJOR, **unknown: str) -> None:
    """Raises Invalid for other parameters and for what is no number, NotFound for a version that was never released."""
    wrong = {name: ["Unknown field."] for name in unknown}
    if not major.isdecimal():
        wrong["major"] = ["Must be a number."]
    if wrong:
        raise Invalid("The version is named by `major` alone.", errors=wrong)
    if major.lstrip("0") != MAJOR:
        raise NotFound(f"There is no schema of major version {major}.")
