"""Idempotency keys: a command's result is kept with its key in the transaction of the effect."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Self

from pymongo.read_concern import ReadConcern

from services.chassis import clock
from services.chassis.context import Call
from services.chassis.errors import Invalid
from services.chassis.mongo import Database
from services.chassis.store.unit import Unit

COLLECTION = "idempotency"


class KeyReused(Invalid):
    """The same key came with another body."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request.")


@dataclass(frozen=True)
class Replayed:
    """The first result of a command, answered again."""

    result: Any


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """One command under one key of one actor."""

    id: str
    digest: str

    @classmethod
    def of(cls, call: Call, command: str, raw: dict[str, Any]) -> Self:
        """The key of this call, with a digest of what it asks."""
        body = json.dumps(raw, sort_keys=True, separators=(",", ":"))
        return cls(
            id=f"{call.actor}|{command}|{call.idempotency_key}", digest=hashlib.sha256(body.encode()).hexdigest()
        )

    def keep(self, database: Database, result: Any) -> None:
        """Keep the result in the running transaction. Raises DuplicateKeyError when there is one already."""
        row = {"_id": self.id, "digest": self.digest, "result": result, "at": clock.now()}
        database[COLLECTION].insert_one(row, session=Unit.required().session())

    def first_result(self, database: Database) -> Replayed | None:
        """What the key led to before, if it led to anything. Raises KeyReused."""
        # A refusal can rest on a commit that is not yet a majority's; only a linearizable read waits until it is.
        rows = database.get_collection(COLLECTION, read_concern=ReadConcern("linearizable"))
        row = rows.find_one({"_id": self.id})
        if row is None:
            return None
        if row["digest"] != self.digest:
            raise KeyReused
        return Replayed(row["result"])
