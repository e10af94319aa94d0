"""A house of running services: asked by RPC, told by events as their neighbours would tell them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import amqp
from pymongo import MongoClient

from services.chassis.amqp.uri import connection_arguments
from services.chassis.context import Actor, Call
from services.chassis.ids import new_id
from services.chassis.instants import instant_text
from services.chassis.names import EVENT_CONTENT_TYPE, events_exchange
from services.chassis.rpc.client import Client
from tests.waiting import eventually

ADMIN = Actor(kind="agent", id="ada", name="Ada", roles=("admin",))
LEAD = Actor(kind="agent", id="lena", name="Lena", roles=("agent", "lead"))
ALICE = Actor(kind="agent", id="alice", name="Alice", roles=("agent",))
BOB = Actor(kind="agent", id="bob", name="Bob", roles=("agent",))
SERVICE = Actor(kind="service", id="form", roles=("service",))
SYSTEM = Actor(kind="system", id="madoguchi")
SECONDS = 20.0


class House:
    """The services that run, seen from outside."""

    def __init__(self, amqp_uri: str, mongodb_uri: str, prefix: str) -> None:
        self.amqp_uri = amqp_uri
        self._prefix = prefix
        self._mongo: MongoClient[dict[str, Any]] = MongoClient(mongodb_uri, tz_aware=True, readConcernLevel="majority")
        self._client = Client(amqp_uri, "test")
        self._sequences = count(1)
        self._client.start()

    def close(self) -> None:
        """Let go of broker and database."""
        self._client.close()
        self._mongo.close()

    def ask(
        self, service: str, method: str, *, by: Actor = ALICE, key: str | None = None, strict: bool = True, **args: Any
    ) -> Any:
        """What the service answers, as to the gateway. Raises Fault."""
        call = Call.begin(by, seconds=SECONDS, idempotency_key=key, strict=strict)
        return self._client.call(service, method, args, call)[0]

    def tell(
        self, source: str, type: str, subject: str, data: dict[str, Any], *, by: Actor = SYSTEM, id: str = ""
    ) -> None:
        """Publish an event as the source's relay would."""
        event = {
            "specversion": "1.0",
            "id": id or new_id(),
            "source": f"/madoguchi/test/{source}",
            "type": type,
            "subject": subject,
            "time": instant_text(datetime.now(UTC)),
            "sequence": f"{next(self._sequences):020d}",
            "correlationid": new_id(),
            "actor": str(by),
            "data": {"cascade": 0, "changed": {}, "personal": {}} | data,
        }
        message = amqp.Message(json.dumps(event), content_type=EVENT_CONTENT_TYPE, delivery_mode=2)
        with amqp.Connection(**connection_arguments(self.amqp_uri, "test")) as connection:
            connection.channel().basic_publish(message, events_exchange(source), type)

    def database(self, service: str) -> Any:
        """The database of a service."""
        return self._mongo[f"{self._prefix}_{service}"]

    def log(self, service: str, subject: str, *types: str) -> list[dict[str, Any]]:
        """The events of a subject in their order, of these types or of all."""
        rows = list(self.database(service)["events"].find({"subject": subject}).sort("sequence"))
        assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
        return [row for row in rows if not types or row["type"] in types]

    def settled(self, event: str) -> dict[str, Any]:
        """The inbox row of an event that a handler is done with."""
        done = {"_id": {"$regex": f"\\|{event}$"}, "state": "done"}
        row: dict[str, Any] = eventually(lambda: self.database("tickets")["inbox"].find_one(done), within=20)
        return row


def types(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What happened."""
    return [row["type"] for row in rows]
