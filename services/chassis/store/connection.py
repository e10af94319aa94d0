"""To the database and into it: durable writes, majority reads, and the indexes that must be there."""

from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from services.chassis.mongo import Database
from services.chassis.settings import Settings
from services.chassis.store.indexes import CHASSIS_INDEXES, Index
from services.chassis.store.repository import Repository, indexes_of
from services.chassis.store.unit import unavailable

SELECTION_MILLISECONDS = 2000
CHANGED_OPTIONS = frozenset({85, 86})  # an index of this name is there already, with other options
SCHEMA_NUMBER = 1
NAMESPACE_EXISTS = 48


def connect(settings: Settings, service: str) -> Database:
    """A service's own database; the connection is made at the first use."""
    client: MongoClient[dict[str, Any]] = MongoClient(
        settings.mongodb_uri,
        appname=f"madoguchi-{service}",
        tz_aware=True,
        w="majority",
        journal=True,
        readConcernLevel="majority",
        retryWrites=True,
        serverSelectionTimeoutMS=SELECTION_MILLISECONDS,
        connectTimeoutMS=SELECTION_MILLISECONDS,
        maxPoolSize=settings.max_workers + 10,
    )
    return client[settings.database(service)]


def prepare(database: Database, store: type[Repository] | None = None) -> None:
    """Make the indexes of the chassis and of the store. Raises PyMongoError."""
    for name, indexes in (CHASSIS_INDEXES | (indexes_of(store) if store else {})).items():
        _ensure(database, name, indexes)
    database["installation"].update_one({"_id": "epoch"}, {"$setOnInsert": {"value": 1}}, upsert=True)


def _ensure(database: Database, name: str, indexes: list[Index]) -> None:
    try:
        database.create_collection(name, check_exists=False)
    except OperationFailure as failure:
        if failure.code != NAMESPACE_EXISTS:
            raise
    for model in (index.model() for index in indexes):
        try:
            database[name].create_indexes([model])
        except OperationFailure as error:
            if error.code not in CHANGED_OPTIONS:
                raise
            database[name].drop_index(model.document["name"])
            database[name].create_indexes([model])


def check(database: Database) -> str | None:
    """Why the database cannot be written now, or None when it can."""
    try:
        return None if database.command("hello").get("isWritablePrimary") else "the database has no primary"
    except PyMongoError as error:
        if unavailable(error):
            return "the database does not answer"
        raise
