"""Human numbers, rising, from blocks that each process reserves for itself; a crash leaves a gap and no double."""

import threading
from typing import Any

from pymongo import ReturnDocument

from services.chassis.mongo import Database
from services.chassis.store.unit import DURABLE

BLOCK = 20
FIRST = 1001

_blocks: dict[tuple[Any, ...], tuple[int, int]] = {}
_lock = threading.Lock()


class Numbers:
    """The numbers of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next(self, name: str) -> int:
        """The next number of this name; never given twice."""
        place = (self._database.client.address, self._database.name, name)
        with _lock:
            number, end = _blocks.get(place, (0, 0))
            if number == end:
                number, end = self._reserve(name)
            _blocks[place] = (number + 1, end)
        return number

    def _reserve(self, name: str) -> tuple[int, int]:
        counters = self._database.get_collection("counters", write_concern=DURABLE)
        row = counters.find_one_and_update(
            {"_id": name}, {"$inc": {"reserved": BLOCK}}, upsert=True, return_document=ReturnDocument.AFTER
        )
        end: int = FIRST + (row or {})["reserved"]
        return end - BLOCK, end
