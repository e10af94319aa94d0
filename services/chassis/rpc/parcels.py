"""Bodies too large for the bus: they wait at the service that owns the call, and only their ids travel."""

from collections.abc import Mapping
from http.client import HTTPException
from io import BytesIO

from bson.binary import Binary

from services.chassis import clock
from services.chassis.errors import Invalid, NotFound, Unavailable
from services.chassis.ids import new_id
from services.chassis.mongo import Database
from services.chassis.peer import Peer
from services.chassis.process_port import Answer, Asked, Route

COLLECTION = "claims"  # the database forgets them after ten minutes
MOST_BYTES = 15 * 1024 * 1024


class Parcels:
    """The parcels that wait in a service's own database. May raise PyMongoError."""

    def __init__(self, database: Database) -> None:
        self._rows = database[COLLECTION]

    def put(self, content: bytes) -> str:
        """Keep a body; answers its id. Raises Invalid when no document can hold it."""
        _weigh(content)
        row = {"_id": new_id(), "content": Binary(content), "at": clock.now()}
        self._rows.insert_one(row)
        return str(row["_id"])

    def get(self, id: str) -> bytes:
        """The body that was kept. Raises NotFound."""
        row = self._rows.find_one({"_id": id})
        if row is None:
            raise NotFound(f"Nothing waits under {id}.")
        return bytes(row["content"])


class RemoteParcels:
    """The parcels of other services, by the HTTP address of their process ports."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._urls = urls

    def put(self, service: str, content: bytes, seconds: float) -> str:
        """Leave a body with the service. Raises Invalid when it is too large, Unavailable."""
        _weigh(content)
        return str(self._peer(service, seconds).put("/claims", content)["id"])

    def get(self, service: str, id: str, seconds: float) -> bytes:
        """Fetch a body from the service. Raises NotFound, Unavailable."""
        with self._peer(service, seconds).open(f"/claims/{id}") as response:
            try:
                return response.read()
            except HTTPException as error:
                raise Unavailable(f"{service} stopped in the middle of its answer.") from error

    def _peer(self, service: str, seconds: float) -> Peer:
        if service not in self._urls:
            raise Unavailable(f"Nobody says where {service} has its process port: MADOGUCHI_{service.upper()}_URL.")
        return Peer(self._urls[service], seconds)


def _weigh(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Invalid("This is too much for one call.")


def parcel_route(parcels: Parcels) -> Route:
    """`POST /claims` keeps a body and answers `{"id"}`, `GET /claims/<id>` gives it back."""

    def route(asked: Asked) -> Answer:
        if asked.method == "GET":
            content = parcels.get(asked.rest)
            return Answer(BytesIO(content), len(content))
        return Answer.of_json({"id": parcels.put(asked.body.read(MOST_BYTES + 1))}, 201)

    return route
