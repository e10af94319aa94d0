"""A collection as a store sees it: within the running transaction, or by majority outside of one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.errors import BulkWriteError, DuplicateKeyError
from pymongo.results import UpdateResult

from services.chassis.mongo import Document

if TYPE_CHECKING:
    from services.chassis.store.repository import Repository

Sort = Sequence[tuple[str, int]]
DUPLICATE_CODE = 11000


class Duplicate(Exception):
    """A row with this unique key is there already; `key` says which."""

    def __init__(self, key: Mapping[str, Any]) -> None:
        super().__init__(f"A row with {dict(key)} is there already.")
        self.key = dict(key)


class Rows:
    """Plain documents without events: projections, slots, rows of work."""

    def __init__(self, repository: "Repository", name: str) -> None:
        self._repository = repository
        self.collection: Collection[Document] = repository.database[name]

    def get(self, id: Any) -> Document | None:
        """The row of this `_id`."""
        return self.find_one({"_id": id})

    def find_one(self, filter: Mapping[str, Any], sort: Sort | None = None) -> Document | None:
        """The first row that fits."""
        return self.collection.find_one(filter, sort=sort, session=self._repository.reading())

    def find(
        self,
        filter: Mapping[str, Any],
        sort: Sort | None = None,
        limit: int = 0,
        projection: Mapping[str, Any] | None = None,
    ) -> list[Document]:
        """The rows that fit; a limit of 0 means all."""
        session = self._repository.reading()
        return list(self.collection.find(filter, projection, sort=sort, limit=limit, session=session))

    def count(self, filter: Mapping[str, Any], limit: int | None = None) -> int:
        """How many fit, counted no further than `limit`."""
        bound = {"limit": limit} if limit else {}
        return self.collection.count_documents(filter, session=self._repository.reading(), **bound)

    def insert(self, *documents: Document) -> None:
        """Add rows. Raises Duplicate."""
        try:
            self.collection.insert_many(documents, session=self._session)
        except DuplicateKeyError as error:
            raise Duplicate((error.details or {}).get("keyValue", {})) from error
        except BulkWriteError as error:
            first = error.details["writeErrors"][0]
            if first["code"] != DUPLICATE_CODE:
                raise
            raise Duplicate(first.get("keyValue", {})) from error

    def put(self, id: Any, document: Mapping[str, Any]) -> None:
        """Write the whole row, whether or not there was one."""
        self.collection.replace_one({"_id": id}, {**document, "_id": id}, upsert=True, session=self._session)

    def replace(self, filter: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
        """Write the whole row where one fits; whether one did."""
        return bool(self.collection.replace_one(filter, document, session=self._session).matched_count)

    def update(self, filter: Mapping[str, Any], change: Any, *, upsert: bool = False, many: bool = False) -> int:
        """Change the row that fits (all of them with `many`); how many did."""
        method = self.collection.update_many if many else self.collection.update_one
        result: UpdateResult = method(filter, change, upsert=upsert, session=self._session)
        return result.matched_count

    def delete(self, filter: Mapping[str, Any]) -> int:
        """Delete the rows that fit; how many did."""
        return self.collection.delete_many(filter, session=self._session).deleted_count

    def aggregate(self, pipeline: Iterable[Mapping[str, Any]]) -> list[Document]:
        """What the pipeline makes of the rows."""
        return list(self.collection.aggregate(list(pipeline), session=self._repository.reading()))

    @property
    def _session(self) -> ClientSession:
        return self._repository.writing()
